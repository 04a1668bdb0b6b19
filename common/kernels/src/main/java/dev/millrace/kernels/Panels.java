package dev.millrace.kernels;

import java.util.Arrays;

/**
 * A linear layer's weights, cut into panels as wide as a tile, each row after row: what a tile reads, in the order in which it
 * reads it. Columns are filled up to a whole panel with zeros.
 */
interface Panels {
    /** Number of panels. */
    int count();

    /** One tile: {@code rows} rows (8 or 4) times a panel, plus its bias; rows and result as {@link Fp32Tile} has them. */
    void tile(int panel, float[] a, int at, int rows, float[] out, int to, int width);

    /** Values from one row of a result to the next. */
    default int width() {
        return count() * Shapes.PANEL;
    }

    /** Every row times one panel, into its columns of {@code out}. */
    default void multiply(int panel, float[] packed, int depth, RowGroups rows, float[] out) {
        for (int first = 0; first < rows.count(); first += Shapes.ROWS) {
            tile(panel, packed, first * depth, rows.size(first), out, first * width() + panel * Shapes.PANEL, width());
        }
    }

    /**
     * @param weight [columns, depth], as PyTorch has it
     * @param bias [columns]
     */
    static Panels of(float[] weight, float[] bias, WeightFormat format) {
        return switch (format) {
            case FP32 -> Fp32Panels.of(weight, bias);
            case BF16 -> Bf16Panels.of(weight, bias);
        };
    }

    /** The bias, filled up to whole panels. */
    static float[] padded(float[] bias) {
        return Arrays.copyOf(bias, Shapes.roundUp(bias.length, Shapes.PANEL));
    }
}
