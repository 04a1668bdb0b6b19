package dev.millrace.embedding.space.method;

import dev.millrace.embedding.space.PairedVectors;
import dev.millrace.embedding.space.SpaceAdapter;
import dev.millrace.embedding.space.SpaceMethod;
import java.util.SplittableRandom;

/**
 * The newer vector and what a matrix of low rank makes of it: the ridge's change, cut to the directions in which it moves the
 * texts most (reduced rank regression, Izenman 1975; the "low rank affine" adapter of Drift-Adapter, 2025). Of {@code d} numbers it
 * costs {@code 2 d rank} products instead of {@code d d}.
 *
 * @param rank of the change, at least 1
 * @param ridge as {@link RidgeMap} has it, here held to no change
 */
public record LowRankMap(int rank, double ridge) implements SpaceMethod {
    private static final int MOST_STEPS = 100;
    private static final double SETTLED = 1e-13;
    private static final long SEED = 1;

    @Override
    public String name() {
        return "low-rank";
    }

    @Override
    public SpaceAdapter fit(PairedVectors pairs) {
        Means means = Means.of(pairs);
        Matrix from = means.centredFrom(pairs);
        Matrix none = new Matrix(new double[pairs.dimensions()][pairs.dimensions()]);
        Matrix change = RidgeMap.held(from, means.centredTo(pairs).sum(1, -1, from), none, ridge);
        Matrix moved = from.times(change);
        Matrix directions = directions(moved.transposed().times(moved), Math.min(rank, pairs.dimensions()));
        return LowRankChange.around(means, change.times(directions.transposed()), directions);
    }

    /** The first eigenvectors of a symmetric matrix, one a row, by subspace iteration. */
    static Matrix directions(Matrix symmetric, int count) {
        Matrix found = orthonormal(drawn(count, symmetric.rows().length));
        double change = Double.POSITIVE_INFINITY;
        double before = 0;
        for (int step = 0; step < MOST_STEPS && change > SETTLED; step++) {
            Matrix grown = found.times(symmetric);
            double held = captured(found, grown);
            change = Math.abs(held - before) / Math.max(held, Double.MIN_NORMAL);
            before = held;
            found = orthonormal(grown);
        }
        return found;
    }

    private static double captured(Matrix directions, Matrix grown) {
        double trace = 0;
        for (int row = 0; row < directions.rows().length; row++) {
            trace += product(directions.rows()[row], grown.rows()[row]);
        }
        return trace;
    }

    private static Matrix drawn(int count, int dimensions) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[][] rows = new double[count][];
        for (int row = 0; row < count; row++) {
            rows[row] = random.doubles(dimensions, -1, 1).toArray();
        }
        return new Matrix(rows);
    }

    /** By Gram and Schmidt, twice, as once loses what is small; a row that the others span is left as zeros. */
    private static Matrix orthonormal(Matrix matrix) {
        double[][] rows = matrix.rows();
        for (int row = 0; row < rows.length; row++) {
            double length = Math.sqrt(product(rows[row], rows[row]));
            for (int other = 0; other < 2 * row; other++) {
                remove(rows[other % row], rows[row]);
            }
            double left = Math.sqrt(product(rows[row], rows[row]));
            double scale = left > 1e-12 * length ? 1 / left : 0;
            for (int i = 0; i < rows[row].length; i++) {
                rows[row][i] *= scale;
            }
        }
        return matrix;
    }

    private static void remove(double[] direction, double[] row) {
        double along = product(direction, row);
        for (int i = 0; i < row.length; i++) {
            row[i] -= along * direction[i];
        }
    }

    private static double product(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
