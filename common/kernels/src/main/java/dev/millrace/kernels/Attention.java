package dev.millrace.kernels;

import static dev.millrace.kernels.Shapes.FLOATS;
import static dev.millrace.kernels.Shapes.LANES;
import static dev.millrace.kernels.Shapes.PANEL;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Attention of one head over one text (Vaswani et al. 2017), the query scaled already. */
final class Attention {
    private static final float[] NO_BIAS = new float[PANEL];
    private static final float NOTHING = -1e30f;

    private final int hidden;
    private final int headWidth;
    private final RelativeBias relative;

    Attention(Dimensions dimensions, RelativeBias relative) {
        hidden = dimensions.hidden();
        headWidth = dimensions.headWidth();
        this.relative = relative;
    }

    /** Reads the text's rows of {@code qkv} and lays the head's columns of the result out for the next product. */
    void apply(Activations batch, int text, int head, Scratch scratch) {
        int length = batch.length(text);
        RowGroups own = new RowGroups(length);
        scratch.fit(length, headWidth);
        layKeys(batch, text, head, scratch);
        layValues(batch, text, head, scratch);
        for (int first = 0; first < length; first += Shapes.ROWS) {
            RowGroups group = new RowGroups(own.size(first));
            int token = batch.starts[text] + first;
            int queries = token * batch.qkvWidth() + head * headWidth;
            group.layGroup(batch.qkv, queries, batch.qkvWidth(), headWidth, scratch.queries, 0, 0, headWidth);
            int used = Math.min(group.count(), length - first);
            weigh(first, used, head, length, group, scratch);
            for (int part = 0; part < headWidth; part += PANEL) {
                gather(batch, token, used, head * headWidth + part, length, group, part, scratch);
            }
        }
    }

    /** Keys as panels: [panel, headWidth, PANEL], a key a column. */
    private void layKeys(Activations batch, int text, int head, Scratch scratch) {
        for (int key = 0; key < batch.length(text); key++) {
            int from = (batch.starts[text] + key) * batch.qkvWidth() + hidden + head * headWidth;
            int to = key / PANEL * PANEL * headWidth + key % PANEL;
            for (int i = 0; i < headWidth; i++) {
                scratch.keys[to + i * PANEL] = batch.qkv[from + i];
            }
        }
    }

    /** Values as panels: [panel, length, PANEL]. Read where they are, each on a page of its own, they would push each other out of the cache. */
    private void layValues(Activations batch, int text, int head, Scratch scratch) {
        int length = batch.length(text);
        for (int part = 0; part < headWidth; part += PANEL) {
            int columns = Math.min(PANEL, headWidth - part);
            for (int key = 0; key < length; key++) {
                int from = (batch.starts[text] + key) * batch.qkvWidth() + 2 * hidden + head * headWidth + part;
                System.arraycopy(batch.qkv, from, scratch.values, part * length + key * PANEL, columns);
            }
        }
    }

    /** Softmax of a group's queries times all keys, laid out for the product with the values. */
    private void weigh(int first, int used, int head, int length, RowGroups group, Scratch scratch) {
        int width = Shapes.roundUp(length, PANEL);
        for (int key = 0; key < length; key += PANEL) {
            Fp32Tile.multiply(
                    group.count(),
                    scratch.keys,
                    key * headWidth,
                    PANEL,
                    headWidth,
                    scratch.queries,
                    0,
                    NO_BIAS,
                    0,
                    0,
                    scratch.scores,
                    key,
                    width);
        }
        for (int row = 0; row < used; row++) {
            relative.add(scratch.scores, row * width, head, first + row, length);
            scratch.shares[row] = softmax(scratch.scores, row * width, length, scratch.lanes);
        }
        group.layGroup(scratch.scores, 0, width, length, scratch.weights, 0, 0, length);
    }

    /** Of one query's scores, in place; what they are yet to be multiplied by. */
    private static float softmax(float[] scores, int from, int length, float[] lanes) {
        int to = from + Shapes.roundUp(length, LANES);
        Arrays.fill(scores, from + length, to, NOTHING);
        FloatVector highest = FloatVector.broadcast(FLOATS, NOTHING);
        for (int i = from; i < to; i += LANES) {
            highest = highest.max(FloatVector.fromArray(FLOATS, scores, i));
        }
        float top = highest.reduceLanes(VectorOperators.MAX);
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int i = from; i < to; i += LANES) {
            FloatVector weight =
                    Functions.exp(FloatVector.fromArray(FLOATS, scores, i).sub(top));
            weight.intoArray(scores, i);
            sum = sum.add(weight);
        }
        return 1 / LayerNorm.sum(sum, lanes);
    }

    /** Weights times a panel of values, into columns {@code column} and following of the batch. */
    private void gather(
            Activations batch,
            int token,
            int used,
            int column,
            int length,
            RowGroups group,
            int part,
            Scratch scratch) {
        Fp32Tile.multiply(
                group.count(),
                scratch.values,
                part * length,
                PANEL,
                length,
                scratch.weights,
                0,
                NO_BIAS,
                0,
                0,
                scratch.tile,
                0,
                PANEL);
        int columns = Math.min(PANEL, headWidth - part);
        for (int row = 0; row < used; row++) {
            for (int i = row * PANEL; i < row * PANEL + columns; i++) {
                scratch.tile[i] *= scratch.shares[row];
            }
            batch.rows.layRow(scratch.tile, row * PANEL, columns, batch.packed, token + row, column, hidden);
        }
    }
}
