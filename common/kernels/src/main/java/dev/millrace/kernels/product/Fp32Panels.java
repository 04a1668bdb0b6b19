package dev.millrace.kernels.product;

import static dev.millrace.kernels.vector.Shapes.PANEL;

/** Weights as they are. */
final class Fp32Panels extends Panels {
    private static final int SLICE = 192;

    private final int depth;
    private final float[] weights;

    Fp32Panels(float[] weight, float[] bias) {
        super(weight.length / bias.length, SLICE, bias);
        depth = weight.length / bias.length;
        weights = new float[width() * depth];
        for (int column = 0; column < bias.length; column++) {
            int to = column / PANEL * PANEL * depth + column % PANEL;
            for (int k = 0; k < depth; k++) {
                weights[to + k * PANEL] = weight[column * depth + k];
            }
        }
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
        int from = (panel * depth + k) * PANEL;
        Fp32Tile.multiply(rows, weights, from, end - k, a, at, rows, sums, sum, step, out, to, width);
    }
}
