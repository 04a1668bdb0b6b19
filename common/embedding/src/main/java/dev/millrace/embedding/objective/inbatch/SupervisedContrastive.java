package dev.millrace.embedding.objective.inbatch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.millrace.embedding.objective.batch.Side;
import dev.millrace.embedding.objective.loss.RowLoss;
import dev.millrace.embedding.objective.seen.Rows;
import dev.millrace.embedding.objective.seen.Scores;
import dev.millrace.embedding.torch.Scalars;
import java.util.List;

/**
 * Supervised contrastive loss (Khosla et al. 2020, their L_out): every text of the same group, and every known positive, is
 * a positive; the mean of their cross entropies among all other texts.
 *
 * @param temperature what cosines are divided by, above 0
 */
public record SupervisedContrastive(double temperature) implements RowLoss {
    @Override
    public String name() {
        return "supcon";
    }

    @Override
    public List<Side> sides() {
        return List.of(Side.ALL);
    }

    @Override
    public NDArray losses(Rows rows) {
        NDArray logits = Scalars.over(rows.cosines(), temperature);
        NDArray kin = rows.kin();
        NDArray positives = kin.toType(DataType.FLOAT32, false);
        NDArray all = Scores.logSumExp(Scores.where(rows.candidates().logicalOr(kin), logits));
        NDArray sum = logits.sub(all).mul(positives).sum(new int[] {1});
        return sum.div(positives.sum(new int[] {1})).neg();
    }
}
