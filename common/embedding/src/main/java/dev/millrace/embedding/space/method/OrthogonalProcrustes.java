package dev.millrace.embedding.space.method;

import dev.millrace.embedding.space.PairedVectors;
import dev.millrace.embedding.space.SpaceAdapter;
import dev.millrace.embedding.space.SpaceMethod;

/**
 * The rotation (or reflection) that brings the newer vectors nearest to the older ones, around their means (Schoenemann 1966, "A
 * generalized solution of the orthogonal Procrustes problem"). It keeps all angles, so what the newer version ranks among its own
 * vectors it ranks after it.
 */
public record OrthogonalProcrustes() implements SpaceMethod {
    /** Of the mean variance: directions that no text has stay as they are, all others notice nothing. */
    private static final double HELD = 1e-6;

    /** Of vectors of norm 1 that are all the same. */
    static final double LEAST_HELD = 1e-12;

    @Override
    public String name() {
        return "procrustes";
    }

    @Override
    public SpaceAdapter fit(PairedVectors pairs) {
        Means means = Means.of(pairs);
        return AffineMap.around(means, rotation(means.centredFrom(pairs), means.centredTo(pairs)));
    }

    /** Of rows that lie around zero. */
    static Matrix rotation(Matrix from, Matrix to) {
        Matrix transposed = from.transposed();
        double held = HELD * transposed.times(from).meanDiagonal();
        return transposed.times(to).plusDiagonal(Math.max(held, LEAST_HELD)).orthogonalFactor();
    }
}
