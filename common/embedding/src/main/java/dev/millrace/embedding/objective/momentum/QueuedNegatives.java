package dev.millrace.embedding.objective.momentum;

import ai.djl.ndarray.NDArray;
import dev.millrace.embedding.objective.loss.RowLoss;
import dev.millrace.embedding.objective.seen.Rows;
import dev.millrace.embedding.objective.seen.Scores;
import dev.millrace.embedding.torch.Scalars;

/**
 * ESimCSE's loss (Wu et al. 2022): InfoNCE with further negatives, texts of earlier batches as the momentum encoder, without
 * dropout, saw them. Theirs is over bare texts and their views that repeat some words.
 *
 * @param temperature what cosines are divided by, above 0
 * @param batches texts of earlier batches that are kept, as a multiple of a batch's rows, above 0
 */
public record QueuedNegatives(double temperature, double batches) implements RowLoss {
    @Override
    public String name() {
        return "esimcse";
    }

    @Override
    public boolean needsMomentum() {
        return true;
    }

    @Override
    public int queue(int rows) {
        return (int) Math.ceil(batches * rows);
    }

    @Override
    public NDArray losses(Rows rows) {
        NDArray scores =
                rows.queued(Scalars.over(rows.cosines(), temperature), cosines -> Scalars.over(cosines, temperature));
        return Scores.ofPositive(rows, scores);
    }
}
