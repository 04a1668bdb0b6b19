package dev.millrace.embedding.objective.inbatch;

import ai.djl.ndarray.NDArray;
import dev.millrace.embedding.objective.loss.RowLoss;
import dev.millrace.embedding.objective.seen.Rows;
import dev.millrace.embedding.objective.seen.Scores;
import dev.millrace.embedding.torch.Scalars;

/**
 * FlatNCE (Chen et al. 2021): the softmax over negatives alone. Its value is 0; its gradient is InfoNCE's divided by how far the
 * row is from solved, and so is not lost where {@code log(1 + tiny)} rounds to 0.
 *
 * @param temperature what cosines are divided by, above 0
 */
public record FlatNce(double temperature) implements RowLoss {
    @Override
    public String name() {
        return "flat-nce";
    }

    @Override
    public NDArray losses(Rows rows) {
        NDArray clearance = Scalars.over(rows.cosines().sub(rows.positiveCosines()), temperature);
        NDArray sum = Scores.logSumExp(Scores.where(rows.negatives(), clearance));
        return sum.sub(sum.stopGradient()).exp().sub(1).squeeze(1);
    }
}
