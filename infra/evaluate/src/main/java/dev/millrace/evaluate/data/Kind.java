package dev.millrace.evaluate.data;

import java.util.Locale;

/** How data is read. */
public enum Kind {
    /** A folder as BEIR has them: corpus.jsonl, queries.jsonl, qrels. */
    RETRIEVAL,
    /** Pairs as producers post them: each anchor asks among all positives. */
    PAIRS,
    /** Two texts and a score a line. */
    GRADED,
    /** A text and its class a line. */
    LABELLED,
    /** A text a line. */
    TEXTS;

    /** As users write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
