package dev.millrace.embedding.objective.teacher;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.millrace.embedding.objective.loss.RowLoss;
import dev.millrace.embedding.objective.seen.Rows;
import dev.millrace.embedding.objective.seen.Scores;
import dev.millrace.embedding.torch.Scalars;

/**
 * Distillation by similarities (SEED, Fang et al. 2021): the Kullback-Leibler divergence of a row's distribution over its
 * candidates from the teacher's, whatever the teacher's dimensions.
 *
 * @param temperature what both sides' cosines are divided by, above 0
 */
public record DistilledRows(double temperature) implements RowLoss {
    @Override
    public String name() {
        return "distill-rows";
    }

    @Override
    public boolean needsTeacher() {
        return true;
    }

    @Override
    public NDArray losses(Rows rows) {
        NDArray wanted = logShares(rows, rows.teacherCosines().orElseThrow());
        NDArray found = logShares(rows, rows.cosines());
        NDArray compared = rows.candidates().toType(DataType.FLOAT32, false);
        return wanted.exp().mul(wanted.sub(found)).mul(compared).sum(new int[] {1});
    }

    private NDArray logShares(Rows rows, NDArray cosines) {
        return Scores.where(rows.candidates(), Scalars.over(cosines, temperature))
                .logSoftmax(1);
    }
}
