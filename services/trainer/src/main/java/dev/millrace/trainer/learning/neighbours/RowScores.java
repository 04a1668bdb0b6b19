package dev.millrace.trainer.learning.neighbours;

import dev.millrace.evaluation.vectors.Tile;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.ScoreFunction;
import io.github.jbellis.jvector.graph.similarity.SearchScoreProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import java.util.Arrays;

/**
 * How near rows lie to each other, as jvector asks it; its own products add up as the processor's width has it, and so
 * differ between machines.
 */
final class RowScores implements BuildScoreProvider {
    /** Of fewer dimensions jvector improves rows that it draws at random. */
    private static final int LEAST_DIMENSIONS = 4;

    /** Below this squared length jvector takes a row at random for the middle. */
    private static final double NO_MIDDLE = 1e-5;

    private final float[][] rows;

    RowScores(float[][] rows) {
        this.rows = rows;
    }

    int dimensions() {
        return Math.max(LEAST_DIMENSIONS, rows[0].length);
    }

    VectorFloat<?> vector(int row) {
        return vts.createFloatVector(rows[row]);
    }

    /** Scores by cosine, 0 or more as jvector wants them; of a vector that is no number, which is near to nothing, 0. */
    static SearchScoreProvider of(float[] vector, float[][] rows) {
        ScoreFunction.ExactScoreFunction score = row -> {
            float above = 1 + Tile.product(vector, rows[row]);
            return above > 0 ? above : 0;
        };
        return new SearchScoreProvider(score);
    }

    @Override
    public boolean isExact() {
        return true;
    }

    /** Of rows that lie evenly on all sides, or of which one is no number, there is none; the first axis does as well. */
    @Override
    public VectorFloat<?> approximateCentroid() {
        double[] sums = new double[rows[0].length];
        for (float[] row : rows) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += row[i];
            }
        }
        float[] middle = new float[sums.length];
        double squares = 0;
        for (int i = 0; i < sums.length; i++) {
            middle[i] = (float) (sums[i] / rows.length);
            squares += (double) middle[i] * middle[i];
        }
        if (!(squares >= NO_MIDDLE)) {
            Arrays.fill(middle, 0);
            middle[0] = 1;
        }
        return vts.createFloatVector(middle);
    }

    @Override
    public SearchScoreProvider searchProviderFor(VectorFloat<?> vector) {
        float[] numbers = new float[vector.length()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = vector.get(i);
        }
        return of(numbers, rows);
    }

    @Override
    public SearchScoreProvider searchProviderFor(int row) {
        return of(rows[row], rows);
    }

    @Override
    public SearchScoreProvider diversityProviderFor(int row) {
        return searchProviderFor(row);
    }
}
