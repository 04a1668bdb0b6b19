package dev.millrace.embedding.objective.inbatch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.millrace.embedding.objective.loss.RowLoss;
import dev.millrace.embedding.objective.seen.Rows;
import dev.millrace.embedding.objective.seen.Scores;
import dev.millrace.embedding.torch.Scalars;

/**
 * Noise-contrastive estimation (Gutmann and Hyvaerinen 2010): is this text the positive or one of k of noise? Logistic, each
 * text by itself, less the logarithm of what k draws of noise make of it; the noise is uniform over a row's candidates.
 *
 * @param temperature what cosines are divided by, above 0
 */
public record NoiseContrastive(double temperature) implements RowLoss {
    @Override
    public String name() {
        return "nce";
    }

    @Override
    public NDArray losses(Rows rows) {
        NDArray noise = rows.negatives().toType(DataType.FLOAT32, false);
        NDArray draws = noise.sum(new int[] {1}, true);
        NDArray prior = Scalars.atLeast(draws.div(draws.add(1)), 1e-6).log();
        NDArray scores = Scalars.over(rows.cosines(), temperature).sub(prior);
        NDArray positive =
                Scores.softplus(scores.gather(rows.positive(), 1).neg()).squeeze(1);
        return Scores.softplus(scores).mul(noise).sum(new int[] {1}).add(positive);
    }
}
