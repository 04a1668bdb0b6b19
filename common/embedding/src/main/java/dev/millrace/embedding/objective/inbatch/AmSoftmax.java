package dev.millrace.embedding.objective.inbatch;

import ai.djl.ndarray.NDArray;
import dev.millrace.embedding.objective.loss.RowLoss;
import dev.millrace.embedding.objective.seen.Rows;
import dev.millrace.embedding.objective.seen.Scores;
import dev.millrace.embedding.torch.Scalars;

/**
 * Additive margin softmax (Wang et al. 2018): InfoNCE in which the positive must win by a margin.
 *
 * @param temperature what cosines are divided by, above 0
 * @param margin what is taken from the positive's cosine before
 */
public record AmSoftmax(double temperature, double margin) implements RowLoss {
    @Override
    public String name() {
        return "am-softmax";
    }

    @Override
    public NDArray losses(Rows rows) {
        NDArray cosines = rows.cosines().sub(Scalars.times(rows.isPositive(), margin));
        return Scores.crossEntropy(rows, Scalars.over(cosines, temperature));
    }
}
