package dev.millrace.kernels.product;

import static dev.millrace.kernels.vector.Shapes.LANES;
import static dev.millrace.kernels.vector.Shapes.PANEL;

/** Weights rounded to bf16, two in an int; see {@link Bf16Tile}. */
final class Bf16Panels extends Panels {
    private static final int SLICE = 384;

    private final int depth;
    private final int[] weights;

    Bf16Panels(float[] weight, float[] bias) {
        super(weight.length / bias.length, SLICE, bias);
        depth = weight.length / bias.length;
        weights = new int[width() / 2 * depth];
        for (int column = 0; column < bias.length; column++) {
            int inside = column % PANEL;
            int to = column / PANEL * LANES * depth + inside % LANES;
            for (int k = 0; k < depth; k++) {
                int half = rounded(weight[column * depth + k]);
                weights[to + k * LANES] |= inside < LANES ? half : half << 16;
            }
        }
    }

    /** The nearest bf16, ties to even, in the low 16 bits; what is not a number stays none. */
    static int rounded(float value) {
        int bits = Float.floatToIntBits(value);
        return Float.isNaN(value) ? bits >>> 16 : (bits + 0x7FFF + (bits >>> 16 & 1)) >>> 16;
    }

    @Override
    void tile(
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
            int width) {
        int from = (panel * depth + k) * LANES;
        Bf16Tile.multiply(rows, weights, from, end - k, a, at, sums, sum, step, out, to, width);
    }
}
