package dev.millrace.bench.command;

import java.util.List;

/**
 * Something to measure, the same for every contender.
 *
 * @param name the row of the table
 * @param kind what is timed
 * @param texts what is encoded; for training anchors first, then as many positives in the same order
 */
public record Work(String name, Kind kind, List<String> texts) {

    /** How a work is timed; the names go to other programs. */
    public enum Kind {
        /** One optimizer step, dropout on, tokenized before; milliseconds. */
        TRAIN("ms/step"),
        /** All texts, tokenization included; texts a second. */
        ENCODE("texts/s"),
        /** One text at a time, tokenization included; the median in milliseconds. */
        SINGLE("ms");

        private final String unit;

        Kind(String unit) {
            this.unit = unit;
        }

        String unit() {
            return unit;
        }
    }

    public Work {
        texts = List.copyOf(texts);
        if (texts.isEmpty() || (kind == Kind.TRAIN && texts.size() % 2 == 1)) {
            throw new IllegalArgumentException(name + ": " + texts.size() + " texts");
        }
    }
}
