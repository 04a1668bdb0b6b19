package dev.millrace.embedding.optim.rule;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Optional;

/**
 * The gradients of one step.
 *
 * @param arrays in the order of the weights
 * @param rows [k] int64, ids of the rows of the first weight that its gradient [k, d] holds; all others are zero. Empty: its
 *     gradient is whole
 */
public record Gradients(NDList arrays, Optional<NDArray> rows) {}
