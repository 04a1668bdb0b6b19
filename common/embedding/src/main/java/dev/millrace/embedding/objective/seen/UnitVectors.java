package dev.millrace.embedding.objective.seen;

import ai.djl.ndarray.NDArray;
import dev.millrace.embedding.torch.Scalars;

/** Rows made as long as 1. */
final class UnitVectors {
    /** As PyTorch's {@code normalize}. */
    private static final double SHORTEST = 1e-12;

    private UnitVectors() {}

    /** [n, d] to [n, d]. */
    static NDArray of(NDArray vectors) {
        NDArray lengths = vectors.square().sum(new int[] {1}, true).sqrt();
        return vectors.div(Scalars.atLeast(lengths, SHORTEST));
    }
}
