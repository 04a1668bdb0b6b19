package dev.millrace.embedding.space.method;

import dev.millrace.embedding.space.SpaceAdapter;
import java.util.SplittableRandom;

/**
 * {@code x + max(0, x into + bias) outOf + offset}.
 *
 * @param into dimensions times hidden
 * @param bias of each hidden number
 * @param outOf hidden times dimensions
 * @param offset of each number of the result
 */
record NetworkWeights(float[][] into, float[] bias, float[][] outOf, float[] offset) implements SpaceAdapter {
    /** The hidden layer as He et al. 2015 draw it, evenly; the one behind it is zero, so that nothing is added at first. */
    static NetworkWeights drawn(int dimensions, int hidden, SplittableRandom random) {
        double bound = Math.sqrt(6.0 / dimensions);
        float[][] into = new float[dimensions][hidden];
        for (float[] row : into) {
            for (int i = 0; i < hidden; i++) {
                row[i] = (float) random.nextDouble(-bound, bound);
            }
        }
        return new NetworkWeights(into, new float[hidden], new float[hidden][dimensions], new float[dimensions]);
    }

    @Override
    public float[] apply(float[] vector) {
        return UnitLength.of(sum(vector, activations(vector)));
    }

    float[] activations(float[] vector) {
        float[] activations = bias.clone();
        for (int i = 0; i < vector.length; i++) {
            AffineMap.add(vector[i], into[i], activations);
        }
        for (int i = 0; i < activations.length; i++) {
            activations[i] = Math.max(0, activations[i]);
        }
        return activations;
    }

    float[] sum(float[] vector, float[] activations) {
        float[] sum = offset.clone();
        AffineMap.add(1, vector, sum);
        for (int i = 0; i < activations.length; i++) {
            AffineMap.add(activations[i], outOf[i], sum);
        }
        return sum;
    }
}
