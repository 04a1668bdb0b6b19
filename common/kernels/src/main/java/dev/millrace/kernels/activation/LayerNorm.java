package dev.millrace.kernels.activation;

import static dev.millrace.kernels.vector.Shapes.FLOATS;
import static dev.millrace.kernels.vector.Shapes.LANES;

import jdk.incubator.vector.FloatVector;

/** Layer normalization (Ba et al. 2016) of rows, in place. */
public record LayerNorm(float[] weight, float[] bias, float epsilon) {
    public void apply(float[] x, int at, float[] lanes) {
        int width = weight.length;
        FloatVector total = FloatVector.zero(FLOATS);
        for (int i = 0; i < width; i += LANES) {
            total = total.add(FloatVector.fromArray(FLOATS, x, at + i));
        }
        float mean = sum(total, lanes) / width;
        FloatVector squares = FloatVector.zero(FLOATS);
        for (int i = 0; i < width; i += LANES) {
            FloatVector centered = FloatVector.fromArray(FLOATS, x, at + i).sub(mean);
            squares = centered.fma(centered, squares);
        }
        float scale = (float) (1 / Math.sqrt(sum(squares, lanes) / width + epsilon));
        for (int i = 0; i < width; i += LANES) {
            FloatVector centered = FloatVector.fromArray(FLOATS, x, at + i).sub(mean);
            centered.mul(scale)
                    .fma(FloatVector.fromArray(FLOATS, weight, i), FloatVector.fromArray(FLOATS, bias, i))
                    .intoArray(x, at + i);
        }
    }

    /** In one fixed order: the API's own sum may be added up in another one once it is compiled. */
    static float sum(FloatVector vector, float[] lanes) {
        vector.intoArray(lanes, 0);
        float sum = 0;
        for (int i = 0; i < LANES; i++) {
            sum += lanes[i];
        }
        return sum;
    }
}
