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
 * InfoNCE (van den Oord et al. 2018): cross entropy of the positive among all candidates by cosine over temperature. Over
 * {@link Side#ALL} it is NT-Xent (SimCLR, Chen et al. 2020), over texts that are drawn to themselves SimCSE (Gao et al. 2021).
 *
 * @param temperature what cosines are divided by, above 0
 * @param hardNegativeWeight added to the logits of an anchor's own hard negatives (SimCSE's {@code hard_negative_weight})
 * @param sides whose rows: anchors, or both directions, or all
 */
public record InfoNce(double temperature, double hardNegativeWeight, List<Side> sides) implements RowLoss {
    public InfoNce {
        sides = List.copyOf(sides);
    }

    /** Of anchors, with all negatives alike. */
    public InfoNce(double temperature) {
        this(temperature, 0, List.of(Side.ANCHORS));
    }

    @Override
    public String name() {
        return "info-nce";
    }

    @Override
    public NDArray losses(Rows rows) {
        NDArray logits = Scalars.over(rows.cosines(), temperature);
        if (hardNegativeWeight != 0) {
            logits = logits.add(Scalars.times(rows.own().toType(DataType.FLOAT32, false), hardNegativeWeight));
        }
        return Scores.crossEntropy(rows, logits);
    }
}
