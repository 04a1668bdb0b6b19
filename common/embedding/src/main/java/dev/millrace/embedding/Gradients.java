package dev.millrace.embedding;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.Optional;

/**
 * The gradients of one step.
 *
 * @param arrays in the order of the weights
 * @param rows [k] int64, ids of the rows of the first weight that its gradient [k, d] holds; all others are zero. Empty: its
 *     gradient is whole
 */
record Gradients(NDList arrays, Optional<NDArray> rows) {
    /** Those that a backward pass left in the leaves, attached to {@code scope}. */
    static Gradients of(PtNDManager scope, NDList leaves, Optional<NDArray> rows) {
        NDList arrays = new NDList();
        for (NDArray leaf : leaves) {
            NDArray gradient = ((PtNDArray) leaf).getGradient();
            gradient.attach(scope);
            arrays.add(gradient);
        }
        return new Gradients(arrays, rows);
    }
}
