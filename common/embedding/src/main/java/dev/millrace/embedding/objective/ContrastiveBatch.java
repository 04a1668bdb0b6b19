package dev.millrace.embedding.objective;

import dev.millrace.embedding.text.Tokens;
import java.util.BitSet;
import java.util.List;

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
     * @param candidates indexes of all texts it is compared with, the positive among them
     * @param weight share in the loss, above 0
     */
    public record Anchor(int text, int positive, BitSet candidates, double weight) {}

    /** Checks that indexes lie in the batch and every positive is a candidate. */
    public ContrastiveBatch {
        if (anchors.isEmpty()) {
            throw new IllegalArgumentException("a batch has at least one anchor");
        }
        for (Anchor anchor : anchors) {
            if (anchor.text() >= texts.size() || anchor.candidates().length() > texts.size()) {
                throw new IllegalArgumentException("an anchor names a text that is not in the batch");
            }
            if (!anchor.candidates().get(anchor.positive())) {
                throw new IllegalArgumentException("a positive is not among its anchor's candidates");
            }
        }
    }
}
