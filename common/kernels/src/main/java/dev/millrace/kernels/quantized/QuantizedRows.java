package dev.millrace.kernels.quantized;

import static dev.millrace.kernels.vector.Shapes.FLOATS;
import static dev.millrace.kernels.vector.Shapes.LANES;

import dev.millrace.kernels.threads.Scratch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows in whole numbers of 8 bits, each with a scale of its own, since tokens differ by more than a number of 8 bits tells
 * apart: value = step * number + offset, so that -128 is the row's lowest value and 127 its highest (dynamic quantization by token; Dettmers et
 * al. 2022).
 */
public final class QuantizedRows {
    /** As many as a vector has values, or the fewest there are, 8: then what is beyond the values is written over next. */
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(Long.SIZE, LANES * Byte.SIZE)));

    private static final int STEPS = 255;
    /**
     * A float of this size has no fraction: adding it rounds, and leaves the number in the low bits. Less 128, the number of
     * the lowest value.
     */
    private static final float ROUNDING = (3 << 22) - 128;

    private final int width;
    private ByteBuffer numbers = ByteBuffer.allocateDirect(0);
    private float[] steps = new float[0];
    private float[] offsets = new float[0];

    QuantizedRows(int width) {
        this.width = width;
    }

    void grow(int rows) {
        numbers = ByteBuffer.allocateDirect(rows * width).order(ByteOrder.nativeOrder());
        steps = new float[rows];
        offsets = new float[rows];
    }

    /** [rows, width] */
    ByteBuffer numbers() {
        return numbers;
    }

    float step(int row) {
        return steps[row];
    }

    float offset(int row) {
        return offsets[row];
    }

    /** Takes a row: the {@code width} values from {@code from} on. */
    public void round(int row, float[] values, int from, Scratch scratch) {
        FloatVector lowest = FloatVector.fromArray(FLOATS, values, from);
        FloatVector highest = lowest;
        for (int i = LANES; i < width; i += LANES) {
            FloatVector value = FloatVector.fromArray(FLOATS, values, from + i);
            lowest = lowest.min(value);
            highest = highest.max(value);
        }
        float low = lowest.reduceLanes(VectorOperators.MIN);
        float step = (highest.reduceLanes(VectorOperators.MAX) - low) / STEPS;
        float inverse = step == 0 ? 0 : 1 / step;
        byte[] rounded = scratch.numbers(width + Long.BYTES);
        for (int i = 0; i < width; i += LANES) {
            ByteVector bytes = (ByteVector) FloatVector.fromArray(FLOATS, values, from + i)
                    .sub(low)
                    .fma(inverse, ROUNDING)
                    .reinterpretAsInts()
                    .convertShape(VectorOperators.I2B, BYTES, 0);
            bytes.intoArray(rounded, i);
        }
        numbers.put(row * width, rounded, 0, width);
        steps[row] = step;
        offsets[row] = low + 128 * step;
    }
}
