package dev.millrace.embedding.space.method;

import dev.millrace.embedding.space.SpaceAdapter;

/**
 * A matrix and an offset.
 *
 * @param rows what each number of the vector adds to the result, so that the inner loop runs along a row
 * @param offset added to all
 */
public record AffineMap(float[][] rows, float[] offset) implements SpaceAdapter {
    /** Around the means: {@code (x - means.from) matrix + means.to}. */
    static AffineMap around(Means means, Matrix matrix) {
        double[] moved = matrix.applied(means.from());
        float[] offset = new float[moved.length];
        for (int i = 0; i < offset.length; i++) {
            offset[i] = (float) (means.to()[i] - moved[i]);
        }
        return new AffineMap(matrix.floats(), offset);
    }

    @Override
    public float[] apply(float[] vector) {
        float[] sum = offset.clone();
        for (int i = 0; i < vector.length; i++) {
            add(vector[i], rows[i], sum);
        }
        return UnitLength.of(sum);
    }

    /** Adds a row, so many times, to a sum as long. */
    public static void add(float factor, float[] row, float[] sum) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] += factor * row[j];
        }
    }
}
