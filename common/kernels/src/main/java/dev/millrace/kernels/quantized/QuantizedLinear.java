package dev.millrace.kernels.quantized;

import static dev.millrace.kernels.vector.Shapes.FLOATS;
import static dev.millrace.kernels.vector.Shapes.INTS;
import static dev.millrace.kernels.vector.Shapes.LANES;

import dev.millrace.kernels.activation.Dimensions;
import dev.millrace.kernels.product.IntegerProducts;
import dev.millrace.kernels.threads.Crew;
import dev.millrace.kernels.threads.Scratch;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * A linear layer with weights in whole numbers of 8 bits, each column with a step of its own. Of a row x = step n + offset it is
 * x w + b = step (n w) + offset (1 w) + b, where n w is a product of whole numbers and 1 w, the sum of a column, is known beforehand.
 */
public final class QuantizedLinear {
    private static final int HIGHEST = 127;

    private final IntegerProducts.Weights weights;
    private final float[] steps;
    private final float[] columns;
    private final float[] bias;

    /**
     * Rounds a layer of the network to whole numbers.
     *
     * @param weight [columns, depth], as PyTorch has it
     * @param bias [columns], a multiple of {@link Dimensions#MULTIPLE}
     */
    public QuantizedLinear(float[] weight, float[] bias, IntegerProducts products) {
        this.bias = bias;
        int columns = bias.length;
        int depth = weight.length / columns;
        steps = new float[columns];
        this.columns = new float[columns];
        byte[] numbers = new byte[weight.length];
        for (int column = 0; column < columns; column++) {
            float highest = 0;
            for (int i = column * depth; i < (column + 1) * depth; i++) {
                highest = Math.max(highest, Math.abs(weight[i]));
            }
            steps[column] = highest / HIGHEST;
            int sum = 0;
            for (int i = column * depth; i < (column + 1) * depth; i++) {
                numbers[i] = highest == 0 ? 0 : (byte) Math.round(weight[i] / highest * HIGHEST);
                sum += numbers[i];
            }
            this.columns[column] = sum * steps[column];
        }
        weights = products.weights(numbers, columns, depth);
    }

    /** Multiplies every row; what comes of it is in {@code sums}, to be restored. */
    public void multiply(QuantizedRows rows, int count, Sums sums, Crew crew) {
        sums.begin(bias.length, crew.threads());
        crew.each(
                sums.parts(),
                (worker, scratch, part) -> sums.take(
                        part, weights.times(sums.lane(part), rows.numbers(), count, sums.from(part), sums.end(part))));
    }

    /** One row of the layer's result: {@code out} from {@code to} on. */
    public void restore(int row, QuantizedRows rows, Sums sums, Scratch scratch, float[] out, int to) {
        int[] products = scratch.sums(bias.length);
        sums.row(row, products);
        FloatVector step = FloatVector.broadcast(FLOATS, rows.step(row));
        FloatVector offset = FloatVector.broadcast(FLOATS, rows.offset(row));
        for (int i = 0; i < bias.length; i += LANES) {
            FloatVector product =
                    (FloatVector) IntVector.fromArray(INTS, products, i).convert(VectorOperators.I2F, 0);
            FloatVector rest =
                    offset.fma(FloatVector.fromArray(FLOATS, columns, i), FloatVector.fromArray(FLOATS, bias, i));
            product.mul(FloatVector.fromArray(FLOATS, steps, i)).fma(step, rest).intoArray(out, to + i);
        }
    }

    public int columns() {
        return bias.length;
    }
}
