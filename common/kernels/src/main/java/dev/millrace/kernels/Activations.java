package dev.millrace.kernels;

import java.util.List;

/**
 * One batch's values on their way through the layers: texts laid end to end, a row a token. Kept from batch to batch, so that
 * encoding allocates little more than its results.
 */
abstract class Activations {
    private final int hidden;
    private final int qkvWidth;
    /** [T, hidden] what a layer takes and gives. */
    float[] x = new float[0];
    /** [T, width] query, key and value of each token. */
    float[] qkv = new float[0];

    RowGroups rows = new RowGroups(0);
    /** Where each text begins, and where the last ends. */
    int[] starts = {0};

    Activations(Dimensions dimensions) {
        hidden = dimensions.hidden();
        qkvWidth = Shapes.roundUp(3 * hidden, Shapes.PANEL);
    }

    /** Takes up a batch. */
    final void begin(List<int[]> texts) {
        starts = new int[texts.size() + 1];
        for (int i = 0; i < texts.size(); i++) {
            starts[i + 1] = starts[i] + texts.get(i).length;
        }
        rows = new RowGroups(starts[texts.size()]);
        if (x.length < rows.padded() * hidden) {
            x = new float[rows.padded() * hidden];
            // The last text's idle queries are read beyond it.
            qkv = new float[(rows.padded() + Shapes.ROWS) * qkvWidth];
            grow(rows.padded());
        }
    }

    /** Makes room for so many rows. */
    abstract void grow(int rows);

    /** Lays a group of {@code x} out for the next product. */
    abstract void lay(int group, Scratch scratch);

    /** Takes one row of one head's attention: {@code width} values for columns {@code column} and following. */
    abstract void attended(float[] values, int from, int width, int row, int column);

    /** Adds the values from {@code from} on to a row of {@code x}. */
    final void add(int row, float[] values, int from) {
        int to = row * hidden;
        for (int i = 0; i < hidden; i++) {
            x[to + i] += values[from + i];
        }
    }

    final int qkvWidth() {
        return qkvWidth;
    }

    final int texts() {
        return starts.length - 1;
    }

    final int length(int text) {
        return starts[text + 1] - starts[text];
    }
}
