package dev.millrace.kernels.product;

import dev.millrace.kernels.threads.RowGroups;
import dev.millrace.kernels.vector.Shapes;
import java.util.Arrays;

/**
 * A linear layer's weights, cut into panels as wide as a tile, each row after row: what a tile reads, in the order in which it
 * reads it. Columns are filled up to a whole panel with zeros.
 */
public abstract class Panels {
    private final int depth;
    private final int slice;
    private final float[] bias;

    /** @param slice rows of a panel that fit a core's first-level cache together with what they are multiplied by */
    Panels(int depth, int slice, float[] bias) {
        this.depth = depth;
        this.slice = slice;
        this.bias = Arrays.copyOf(bias, Shapes.roundUp(bias.length, Shapes.PANEL));
    }

    /**
     * Lays a layer out in the given format.
     *
     * @param weight [columns, depth], as PyTorch has it
     * @param bias [columns]
     */
    public static Panels of(float[] weight, float[] bias, WeightFormat format) {
        return format instanceof WeightFormat.Bf16 ? new Bf16Panels(weight, bias) : new Fp32Panels(weight, bias);
    }

    /** Number of panels. */
    public final int count() {
        return bias.length / Shapes.PANEL;
    }

    /** Values from one row of a result to the next. */
    final int width() {
        return bias.length;
    }

    /** Every row times one panel, plus its bias, into its columns of {@code out} [rows, width]. */
    public final void multiply(int panel, float[] packed, RowGroups rows, float[] out) {
        multiply(panel, packed, rows, out, panel * Shapes.PANEL, width());
    }

    /** The same into {@code out} [rows, PANEL]. */
    public final void multiplyAlone(int panel, float[] packed, RowGroups rows, float[] out) {
        multiply(panel, packed, rows, out, 0, Shapes.PANEL);
    }

    /** Slice after slice of the depth, so that all rows meet a slice while it is in the cache. */
    private void multiply(int panel, float[] packed, RowGroups rows, float[] out, int to, int width) {
        for (int k = 0; k < depth; k += slice) {
            int end = Math.min(depth, k + slice);
            for (int first = 0; first < rows.count(); first += Shapes.ROWS) {
                int size = rows.size(first);
                int at = first * depth + k * size;
                int target = to + first * width;
                if (k == 0) {
                    tile(panel, k, end, packed, at, size, bias, panel * Shapes.PANEL, 0, out, target, width);
                } else {
                    tile(panel, k, end, packed, at, size, out, target, width, out, target, width);
                }
            }
        }
    }

    /** Rows {@code k} to {@code end} of a panel in one tile; the rest as {@link Fp32Tile} has it. */
    abstract void tile(
            int panel,
            int k,
            int end,
            float[] a,
            int at,
            int rows,
            float[] sums,
            int sum,
            int step,
            float[] out,
            int to,
            int width);
}
