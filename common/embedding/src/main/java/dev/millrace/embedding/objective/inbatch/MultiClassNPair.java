package dev.millrace.embedding.objective.inbatch;

import ai.djl.ndarray.NDArray;
import dev.millrace.embedding.objective.loss.RowLoss;
import dev.millrace.embedding.objective.seen.Rows;
import dev.millrace.embedding.objective.seen.Scores;

/**
 * Multi-class N-pair loss (Sohn 2016) on unit vectors: {@code log(1 + sum exp(a.n - a.p))}, without a temperature. Its L2 term is
 * the same for all unit vectors and has no gradient, and is left out.
 */
public record MultiClassNPair() implements RowLoss {
    @Override
    public String name() {
        return "n-pair";
    }

    @Override
    public NDArray losses(Rows rows) {
        return Scores.crossEntropy(rows, rows.cosines());
    }
}
