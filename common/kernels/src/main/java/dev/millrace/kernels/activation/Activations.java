package dev.millrace.kernels.activation;

import dev.millrace.kernels.threads.RowGroups;
import dev.millrace.kernels.threads.Scratch;
import dev.millrace.kernels.vector.Shapes;
import java.util.Arrays;
import java.util.List;

/**
 * One batch's values on their way through the layers: texts laid end to end, a row a token. Kept from batch to batch, so that
 * encoding allocates little more than its results.
 */
public abstract class Activations {
    private final int hidden;
    private final int qkvWidth;
    /** [T, hidden] what a layer takes and gives. */
    public float[] x = new float[0];
    /** [T, width] query, key and value of each token. */
    public float[] qkv = new float[0];

    public RowGroups rows = new RowGroups(0);
    /** Where each text begins, and where the last ends. */
    public int[] starts = {0};

    public Activations(Dimensions dimensions) {
        hidden = dimensions.hidden();
        qkvWidth = Shapes.roundUp(3 * hidden, Shapes.PANEL);
    }

    /** Takes up a batch. */
    public final void begin(List<int[]> texts) {
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
    public abstract void grow(int rows);

    /** Lays a group of {@code x} out for the next product. */
    public abstract void lay(int group, Scratch scratch);

    /** Takes one row of one head's attention: {@code width} values for columns {@code column} and following. */
    public abstract void attended(float[] values, int from, int width, int row, int column);

    /** Adds the values from {@code from} on to a row of {@code x}. */
    public final void add(int row, float[] values, int from) {
        int to = row * hidden;
        for (int i = 0; i < hidden; i++) {
            x[to + i] += values[from + i];
        }
    }

    /** [T, hidden] a copy of {@code x}. */
    public final float[] copy() {
        return Arrays.copyOf(x, starts[texts()] * hidden);
    }

    /** Makes {@code x} the mean of itself and such a copy. */
    public final void average(float[] copy) {
        for (int i = 0; i < copy.length; i++) {
            x[i] = (x[i] + copy[i]) / 2;
        }
    }

    public final int qkvWidth() {
        return qkvWidth;
    }

    public final int texts() {
        return starts.length - 1;
    }

    public final int length(int text) {
        return starts[text + 1] - starts[text];
    }
}
