package dev.millrace.kernels;

import static dev.millrace.kernels.Shapes.LANES;
import static dev.millrace.kernels.Shapes.PANEL;

/** Weights rounded to bf16, two in an int; see {@link Bf16Tile}. */
final class Bf16Panels implements Panels {
    private final int depth;
    private final int[] weights;
    private final float[] bias;

    private Bf16Panels(int depth, int[] weights, float[] bias) {
        this.depth = depth;
        this.weights = weights;
        this.bias = bias;
    }

    static Bf16Panels of(float[] weight, float[] bias) {
        int depth = weight.length / bias.length;
        float[] padded = Panels.padded(bias);
        int[] panels = new int[padded.length / 2 * depth];
        for (int column = 0; column < bias.length; column++) {
            int inside = column % PANEL;
            int to = column / PANEL * LANES * depth + inside % LANES;
            for (int k = 0; k < depth; k++) {
                int half = rounded(weight[column * depth + k]);
                panels[to + k * LANES] |= inside < LANES ? half : half << 16;
            }
        }
        return new Bf16Panels(depth, panels, padded);
    }

    /** The nearest bf16, ties to even, in the low 16 bits; what is not a number stays none. */
    static int rounded(float value) {
        int bits = Float.floatToIntBits(value);
        return Float.isNaN(value) ? bits >>> 16 : (bits + 0x7FFF + (bits >>> 16 & 1)) >>> 16;
    }

    @Override
    public int count() {
        return bias.length / PANEL;
    }

    @Override
    public void tile(int panel, float[] a, int at, int rows, float[] out, int to, int width) {
        int from = panel * LANES * depth;
        if (rows == RowGroups.SMALL) {
            Bf16Tile.four(a, at, depth, weights, from, bias, panel * PANEL, out, to, width);
        } else {
            Bf16Tile.eight(a, at, depth, weights, from, bias, panel * PANEL, out, to, width);
        }
    }
}
