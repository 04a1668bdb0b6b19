package dev.millrace.embedding.space.method;

import dev.millrace.embedding.space.SpaceAdapter;

/**
 * What {@link LowRankMap} finds: {@code x + (x into) directions + offset}.
 *
 * @param into what each number of the vector adds to each direction
 * @param directions one a row
 * @param offset added to all
 */
record LowRankChange(float[][] into, float[][] directions, float[] offset) implements SpaceAdapter {
    static LowRankChange around(Means means, Matrix into, Matrix directions) {
        double[] moved = directions.applied(into.applied(means.from()));
        float[] offset = new float[moved.length];
        for (int i = 0; i < offset.length; i++) {
            offset[i] = (float) (means.to()[i] - means.from()[i] - moved[i]);
        }
        return new LowRankChange(into.floats(), directions.floats(), offset);
    }

    @Override
    public float[] apply(float[] vector) {
        float[] along = new float[directions.length];
        for (int i = 0; i < vector.length; i++) {
            AffineMap.add(vector[i], into[i], along);
        }
        float[] sum = offset.clone();
        AffineMap.add(1, vector, sum);
        for (int direction = 0; direction < along.length; direction++) {
            AffineMap.add(along[direction], directions[direction], sum);
        }
        return UnitLength.of(sum);
    }
}
