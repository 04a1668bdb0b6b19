package dev.millrace.kernels;

import java.util.List;

/**
 * One batch's values on their way through the layers: texts laid end to end, a row a token. Kept from batch to batch, so that
 * encoding allocates little more than its results.
 */
final class Activations {
    private final Dimensions dimensions;
    private final int qkvWidth;
    private final int hiddenWidth;
    /** [T, hidden] what a layer takes and gives. */
    float[] x = new float[0];
    /** [T, hidden] in groups: what the next product takes. */
    float[] packed = new float[0];
    /** [T, intermediate] in groups. */
    float[] wide = new float[0];
    /** [T, width] query, key and value of each token. */
    float[] qkv = new float[0];
    /** [T, width] what a layer adds. */
    float[] added = new float[0];

    RowGroups rows = new RowGroups(0);
    /** Where each text begins, and where the last ends. */
    int[] starts = {0};

    Activations(Dimensions dimensions) {
        this.dimensions = dimensions;
        qkvWidth = Shapes.roundUp(3 * dimensions.hidden(), Shapes.PANEL);
        hiddenWidth = Shapes.roundUp(dimensions.hidden(), Shapes.PANEL);
    }

    int qkvWidth() {
        return qkvWidth;
    }

    /** Takes up a batch. */
    void begin(List<int[]> texts) {
        starts = new int[texts.size() + 1];
        for (int i = 0; i < texts.size(); i++) {
            starts[i + 1] = starts[i] + texts.get(i).length;
        }
        rows = new RowGroups(starts[texts.size()]);
        if (x.length < rows.padded() * dimensions.hidden()) {
            x = new float[rows.padded() * dimensions.hidden()];
            packed = new float[x.length];
            wide = new float[rows.padded() * dimensions.intermediate()];
            // The last text's idle queries are read beyond it.
            qkv = new float[(rows.padded() + Shapes.ROWS) * qkvWidth];
            added = new float[rows.padded() * hiddenWidth];
        }
    }

    /** Lays a group of {@code x} out for the next product. */
    void pack(int first) {
        int hidden = dimensions.hidden();
        rows.layGroup(x, first * hidden, hidden, hidden, packed, first, 0, hidden);
    }

    /** x += added, one row. */
    void addRow(int row) {
        int from = row * dimensions.hidden();
        int with = row * hiddenWidth;
        for (int i = 0; i < dimensions.hidden(); i++) {
            x[from + i] += added[with + i];
        }
    }

    int texts() {
        return starts.length - 1;
    }

    int length(int text) {
        return starts[text + 1] - starts[text];
    }
}
