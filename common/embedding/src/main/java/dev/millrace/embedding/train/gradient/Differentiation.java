package dev.millrace.embedding.train.gradient;

import java.util.function.IntPredicate;

/**
 * Of what a step wants the gradient, and how it is found.
 *
 * @param learns whether the weight at this place of the plan's order has one; an objective's own always have
 * @param checkpointing keeps one layer's activations instead of all and computes the others again
 */
public record Differentiation(IntPredicate learns, boolean checkpointing) {
    /** Texts are encoded, and no more. */
    public static final Differentiation NOTHING = new Differentiation(place -> false, false);
}
