package dev.millrace.embedding.objective.margin;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import dev.millrace.embedding.objective.loss.RowLoss;
import dev.millrace.embedding.objective.seen.Rows;
import dev.millrace.embedding.objective.seen.Scores;
import dev.millrace.embedding.torch.Scalars;

/**
 * Triplet loss (Schroff et al. 2015) by cosine distance: {@code max(0, d(a, p) - d(a, n) + m)}.
 *
 * @param margin by how much the negative must be further away than the positive
 * @param negative which of a row's negatives
 */
public record Triplet(double margin, Negative negative) implements RowLoss {
    /** Beyond any cosine: there was none. */
    private static final int LARGEST = 2;

    /** Which negative makes the triplet. */
    public enum Negative {
        /** The nearest of the row's own hard negatives; a row without one has no loss. */
        OWN,
        /** The nearest of the batch. */
        HARDEST,
        /** The nearest that is further away than the positive, or the furthest where none is. */
        SEMI_HARD
    }

    @Override
    public String name() {
        return "triplet";
    }

    @Override
    public NDArray losses(Rows rows) {
        NDArray positive = rows.positiveCosines();
        return Scalars.atLeast(chosen(rows, positive).sub(positive).add(margin), 0)
                .squeeze(1);
    }

    private NDArray chosen(Rows rows, NDArray positive) {
        NDArray cosines = rows.cosines();
        return switch (negative) {
            case OWN -> nearest(rows.own().logicalAnd(rows.candidates()), cosines);
            case HARDEST -> nearest(rows.negatives(), cosines);
            case SEMI_HARD -> {
                NDArray negatives = rows.negatives();
                NDArray further = nearest(negatives.logicalAnd(cosines.lt(positive)), cosines);
                NDArray furthest = nearest(negatives, cosines.neg()).neg();
                NDArray instead = NDArrays.where(furthest.gt(LARGEST), further, furthest);
                yield NDArrays.where(further.lt(-LARGEST), instead, further);
            }
        };
    }

    private static NDArray nearest(NDArray mask, NDArray cosines) {
        return Scores.where(mask, cosines).max(new int[] {1}, true);
    }
}
