package dev.millrace.embedding.objective.view.words;

import java.util.List;
import java.util.SplittableRandom;

/** A way to change some words of a text (Wei and Zou 2019). What belongs to a negation stays as it is. */
interface WordOperation {
    /** How often it can be done to a text at most; 0: not at all. */
    int most(Wording text);

    /** The words at each place once it was done so often, at most {@link #most}. */
    List<List<String>> times(int count, Wording text, SplittableRandom random);
}
