package dev.millrace.embedding.objective.batch;

import java.util.BitSet;
import java.util.function.Supplier;

/**
 * A text and what a loss sees from it, as indexes of the batch's texts. Sets are made when they are asked for: a large batch
 * has not the memory for those of all its rows at once.
 *
 * @param text the text that is drawn
 * @param positive the text it is drawn to
 * @param weight share in the loss, above 0
 * @param compared gives {@link #candidates}
 * @param related gives {@link #kin}
 * @param hard gives {@link #own}
 */
public record Row(
        int text,
        int positive,
        double weight,
        Supplier<BitSet> compared,
        Supplier<BitSet> related,
        Supplier<BitSet> hard) {

    /** With its candidates at hand, no kin but its positive and no hard negatives of its own. */
    public Row(int text, int positive, BitSet candidates, double weight) {
        this(text, positive, weight, () -> candidates, () -> only(positive), BitSet::new);
    }

    /** All texts it is compared with, the positive among them; none of its kin but the positive. */
    public BitSet candidates() {
        return compared.get();
    }

    /** All texts that are known to belong to it: its positives, its group's texts, other views of it; not itself. */
    public BitSet kin() {
        return related.get();
    }

    /** Those of its candidates that are hard negatives of its own. */
    public BitSet own() {
        return hard.get();
    }

    private static BitSet only(int text) {
        BitSet one = new BitSet();
        one.set(text);
        return one;
    }
}
