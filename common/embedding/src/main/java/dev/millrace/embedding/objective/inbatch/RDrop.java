package dev.millrace.embedding.objective.inbatch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.millrace.embedding.objective.loss.RowLoss;
import dev.millrace.embedding.objective.seen.Rows;
import dev.millrace.embedding.objective.seen.Scores;
import dev.millrace.embedding.torch.Scalars;

/**
 * R-Drop (Liang et al. 2021): under another dropout mask the same texts should be told apart in the same way. The symmetric
 * Kullback-Leibler divergence of both views' distributions over a row's candidates, half of each direction; to be added to an
 * objective.
 *
 * @param temperature what cosines are divided by, above 0
 */
public record RDrop(double temperature) implements RowLoss {
    @Override
    public String name() {
        return "r-drop";
    }

    @Override
    public int views() {
        return 2;
    }

    @Override
    public NDArray losses(Rows rows) {
        NDArray one = logShares(rows, rows.cosines());
        NDArray other = logShares(rows, rows.second().cosines());
        NDArray compared = rows.candidates().toType(DataType.FLOAT32, false);
        NDArray both = one.exp().sub(other.exp()).mul(one.sub(other)).mul(compared);
        return Scalars.over(both.sum(new int[] {1}), 2);
    }

    private NDArray logShares(Rows rows, NDArray cosines) {
        return Scores.where(rows.candidates(), Scalars.over(cosines, temperature))
                .logSoftmax(1);
    }
}
