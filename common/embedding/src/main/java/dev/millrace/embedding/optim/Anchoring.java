package dev.millrace.embedding.optim;

/**
 * How learning is held to the base: the weights as they were when it was first held to them, which with a model that
 * was never trained are its own. What is held is what learns; biases and LayerNorm are, too.
 *
 * @param decay by which a step with learning rate r takes every weight r times this share of the way back to the base,
 *     at most all of it (L2-SP: Li et al. 2018, Explicit inductive bias for transfer learning; decoupled from the
 *     gradient as AdamW's decay is); 0: none
 * @param share of the base in what is published, [0, 1): averaged weights times 1 - share, and the base (LM-Cocktail:
 *     Xiao et al. 2023); what learns is not changed by it
 */
public record Anchoring(double decay, double share) {
    /** No base is kept. */
    public static final Anchoring NONE = new Anchoring(0, 0);

    /** Checks the ranges. */
    public Anchoring {
        if (!(decay >= 0 && decay < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("decay towards the base must be 0 or more, not " + decay);
        }
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("the base's share must lie in [0, 1), not " + share);
        }
    }

    boolean keepsBase() {
        return decay > 0 || share > 0;
    }
}
