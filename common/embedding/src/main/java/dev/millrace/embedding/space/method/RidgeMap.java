package dev.millrace.embedding.space.method;

import dev.millrace.embedding.space.PairedVectors;
import dev.millrace.embedding.space.SpaceAdapter;
import dev.millrace.embedding.space.SpaceMethod;

/**
 * The matrix that brings the newer vectors nearest to the older ones, held to their rotation by a ridge (Hoerl and Kennard 1970), so
 * that what the pairs say nothing of is turned and not shrunk.
 *
 * @param ridge of the newer vectors' mean variance, above 0: more is nearer to the rotation
 */
public record RidgeMap(double ridge) implements SpaceMethod {
    @Override
    public String name() {
        return "ridge";
    }

    @Override
    public SpaceAdapter fit(PairedVectors pairs) {
        Means means = Means.of(pairs);
        Matrix from = means.centredFrom(pairs);
        Matrix to = means.centredTo(pairs);
        return AffineMap.around(means, held(from, to, OrthogonalProcrustes.rotation(from, to), ridge));
    }

    /** Minimises {@code |from W - to|^2 + held |W - prior|^2}, where {@code held} is {@code ridge} times the mean variance. */
    static Matrix held(Matrix from, Matrix to, Matrix prior, double ridge) {
        Matrix transposed = from.transposed();
        Matrix squares = transposed.times(from);
        double held = Math.max(ridge * squares.meanDiagonal(), OrthogonalProcrustes.LEAST_HELD);
        return squares.plusDiagonal(held).inverse().times(transposed.times(to).sum(1, held, prior));
    }
}
