package dev.millrace.kernels;

import static dev.millrace.kernels.Shapes.PANEL;

/** Weights as they are. */
final class Fp32Panels implements Panels {
    private final int depth;
    private final float[] weights;
    private final float[] bias;

    private Fp32Panels(int depth, float[] weights, float[] bias) {
        this.depth = depth;
        this.weights = weights;
        this.bias = bias;
    }

    static Fp32Panels of(float[] weight, float[] bias) {
        int depth = weight.length / bias.length;
        float[] padded = Panels.padded(bias);
        float[] panels = new float[padded.length * depth];
        for (int column = 0; column < bias.length; column++) {
            int to = column / PANEL * PANEL * depth + column % PANEL;
            for (int k = 0; k < depth; k++) {
                panels[to + k * PANEL] = weight[column * depth + k];
            }
        }
        return new Fp32Panels(depth, panels, padded);
    }

    @Override
    public int count() {
        return bias.length / PANEL;
    }

    @Override
    public void tile(int panel, float[] a, int at, int rows, float[] out, int to, int width) {
        int from = panel * PANEL * depth;
        if (rows == RowGroups.SMALL) {
            Fp32Tile.four(a, at, depth, weights, from, PANEL, bias, panel * PANEL, out, to, width);
        } else {
            Fp32Tile.eight(a, at, depth, weights, from, PANEL, bias, panel * PANEL, out, to, width);
        }
    }
}
