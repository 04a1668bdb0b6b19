package dev.millrace.embedding.objective;

import dev.millrace.embedding.text.Tokens;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;

/**
 * One training batch: unique texts, and for each of n anchors which texts it is drawn to and compared with.
 *
 * @param texts the u unique texts, each encoded once however many roles it plays
 * @param anchors n anchors
 */
public record ContrastiveBatch(List<Tokens> texts, List<Anchor> anchors) {

    /**
     * An anchor and what the objective sees from it.
     *
     * @param text index of the anchor's text
     * @param positive index of the text it is drawn to
     * @param compared gives {@link #candidates}: a large batch has not the memory for those of all its anchors at once
     * @param weight share in the loss, above 0
     */
    public record Anchor(int text, int positive, Supplier<BitSet> compared, double weight) {
        /** With its candidates at hand. */
        public Anchor(int text, int positive, BitSet candidates, double weight) {
            this(text, positive, () -> candidates, weight);
        }

        /** Indexes of all texts it is compared with, the positive among them. */
        public BitSet candidates() {
            return compared.get();
        }
    }

    /** Checks that anchors and positives lie in the batch. */
    public ContrastiveBatch {
        if (anchors.isEmpty()) {
            throw new IllegalArgumentException("a batch has at least one anchor");
        }
        for (Anchor anchor : anchors) {
            if (anchor.text() >= texts.size() || anchor.positive() >= texts.size()) {
                throw new IllegalArgumentException("an anchor names a text that is not in the batch");
            }
        }
    }
}
