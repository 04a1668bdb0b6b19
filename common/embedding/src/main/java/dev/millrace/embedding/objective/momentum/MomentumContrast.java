package dev.millrace.embedding.objective.momentum;

import ai.djl.ndarray.NDArray;
import dev.millrace.embedding.objective.loss.RowLoss;
import dev.millrace.embedding.objective.seen.Rows;
import dev.millrace.embedding.objective.seen.Scores;
import dev.millrace.embedding.torch.Scalars;

/**
 * MoCo (He et al. 2020): InfoNCE of anchors among texts as the momentum encoder sees them, those of this batch and a queue of
 * those of earlier ones. The momentum encoder is the average of the weights that is published.
 *
 * @param temperature what cosines are divided by, above 0
 * @param queue texts of earlier batches that are kept, at least 1
 */
public record MomentumContrast(double temperature, int queue) implements RowLoss {
    @Override
    public String name() {
        return "moco";
    }

    @Override
    public boolean needsMomentum() {
        return true;
    }

    @Override
    public int queue(int rows) {
        return queue;
    }

    @Override
    public NDArray losses(Rows rows) {
        NDArray scores = rows.queued(
                Scalars.over(rows.keyCosines(), temperature), cosines -> Scalars.over(cosines, temperature));
        return Scores.ofPositive(rows, scores);
    }
}
