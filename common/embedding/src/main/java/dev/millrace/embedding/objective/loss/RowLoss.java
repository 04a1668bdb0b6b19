package dev.millrace.embedding.objective.loss;

import ai.djl.ndarray.NDArray;
import dev.millrace.embedding.objective.batch.Side;
import dev.millrace.embedding.objective.seen.Rows;
import java.util.List;

/**
 * A loss that is a mean over rows by their weights: each row is a text, its positive, and what it is compared with. Of a batch
 * with very many rows and texts it is asked block by block, so that all similarities never stand in memory at once.
 */
public non-sealed interface RowLoss extends Loss {
    /** [n] the loss of each row, differentiable by {@link Rows#vectors}. */
    NDArray losses(Rows rows);

    /** Whose rows; of several sides the mean over all their rows. */
    default List<Side> sides() {
        return List.of(Side.ANCHORS);
    }
}
