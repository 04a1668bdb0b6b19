package dev.millrace.embedding.objective.loss;

import ai.djl.ndarray.NDArray;
import dev.millrace.embedding.objective.seen.GradedPairs;

/** A loss over pairs whose similarity is known, as labeled, or 1 for a positive and 0 for a hard negative. */
public non-sealed interface GradedLoss extends Loss {
    /** The loss, a scalar, differentiable by {@link GradedPairs#vectors}; not asked where there is no pair. */
    NDArray loss(GradedPairs pairs);
}
