package dev.millrace.kernels;

/** Activations rounded to whole numbers for each product; between the products they are floats. */
final class QuantizedActivations extends Activations {
    private final Dimensions dimensions;
    /** Of a hidden row: what the next product takes. */
    final QuantizedRows narrow;
    /** Of an intermediate row. */
    final QuantizedRows broad;
    /** [T, hidden] of all heads. */
    float[] attended = new float[0];
    /** What the latest product gave. */
    final Sums sums;

    QuantizedActivations(Dimensions dimensions, int worker) {
        super(dimensions);
        this.dimensions = dimensions;
        narrow = new QuantizedRows(dimensions.hidden());
        sums = new Sums(worker);
        broad = new QuantizedRows(dimensions.intermediate());
    }

    @Override
    void grow(int rows) {
        attended = new float[rows * dimensions.hidden()];
        narrow.grow(rows);
        broad.grow(rows);
    }

    @Override
    void lay(int group, Scratch scratch) {
        lay(x, group, scratch);
    }

    /** Rounds a group of the rows of {@code values} [T, hidden]. */
    void lay(float[] values, int group, Scratch scratch) {
        for (int row = rows.first(group); row < rows.end(group); row++) {
            narrow.round(row, values, row * dimensions.hidden(), scratch);
        }
    }

    @Override
    void attended(float[] values, int from, int width, int row, int column) {
        System.arraycopy(values, from, attended, row * dimensions.hidden() + column, width);
    }
}
