package dev.millrace.embedding.objective.inbatch;

import ai.djl.ndarray.NDArray;
import dev.millrace.embedding.objective.loss.RowLoss;
import dev.millrace.embedding.objective.seen.Rows;
import dev.millrace.embedding.objective.seen.Scores;
import dev.millrace.embedding.torch.Scalars;

/**
 * Implicit feature modification (Robinson et al. 2021): the mean of InfoNCE and of InfoNCE made harder, so that no single easy
 * feature, such as a product's name, is enough to tell texts apart.
 *
 * @param temperature what cosines are divided by, above 0
 * @param epsilon by how much the positive is taken further away and negatives are brought nearer, in cosine
 */
public record ImplicitFeatureModification(double temperature, double epsilon) implements RowLoss {
    @Override
    public String name() {
        return "ifm";
    }

    @Override
    public NDArray losses(Rows rows) {
        NDArray harder = rows.cosines()
                .add(Scalars.times(Scalars.times(rows.isPositive(), -2).add(1), epsilon));
        NDArray both = Scores.crossEntropy(rows, Scalars.over(rows.cosines(), temperature))
                .add(Scores.crossEntropy(rows, Scalars.over(harder, temperature)));
        return Scalars.over(both, 2);
    }
}
