package dev.millrace.kernels.quantized;

import dev.millrace.kernels.activation.Activations;
import dev.millrace.kernels.activation.Dimensions;
import dev.millrace.kernels.threads.Scratch;

/** Activations rounded to whole numbers for each product; between the products they are floats. */
public final class QuantizedActivations extends Activations {
    private final Dimensions dimensions;
    /** Of a hidden row: what the next product takes. */
    public final QuantizedRows narrow;
    /** Of an intermediate row. */
    public final QuantizedRows broad;
    /** [T, hidden] of all heads. */
    public float[] attended = new float[0];
    /** What the latest product gave. */
    public final Sums sums;

    public QuantizedActivations(Dimensions dimensions, int worker) {
        super(dimensions);
        this.dimensions = dimensions;
        narrow = new QuantizedRows(dimensions.hidden());
        sums = new Sums(worker);
        broad = new QuantizedRows(dimensions.intermediate());
    }

    @Override
    public void grow(int rows) {
        attended = new float[rows * dimensions.hidden()];
        narrow.grow(rows);
        broad.grow(rows);
    }

    @Override
    public void lay(int group, Scratch scratch) {
        lay(x, group, scratch);
    }

    /** Rounds a group of the rows of {@code values} [T, hidden]. */
    public void lay(float[] values, int group, Scratch scratch) {
        for (int row = rows.first(group); row < rows.end(group); row++) {
            narrow.round(row, values, row * dimensions.hidden(), scratch);
        }
    }

    @Override
    public void attended(float[] values, int from, int width, int row, int column) {
        System.arraycopy(values, from, attended, row * dimensions.hidden() + column, width);
    }
}
