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
        RowGroups own = new RowGroups(batch.length(text));
        scratch.fit(own.count(), headWidth);
        layKeys(batch, text, head, scratch);
        for (int first = 0; first < own.count(); first += Shapes.ROWS) {
            int rows = own.size(first);
            int used = Math.min(rows, own.count() - first);
            layQueries(batch, batch.starts[text] + first, head, rows, used, scratch);
            score(own.count(), rows, scratch);
            for (int row = 0; row < used; row++) {
                relative.add(scratch.scores, row * Shapes.roundUp(own.count(), PANEL), head, first + row, own.count());
                weigh(own.count(), rows, row, scratch);
            }
            gather(batch, text, first, head, used, scratch);
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

    private void layQueries(Activations batch, int token, int head, int rows, int used, Scratch scratch) {
        for (int row = 0; row < used; row++) {
            int from = (token + row) * batch.qkvWidth() + head * headWidth;
            for (int i = 0; i < headWidth; i++) {
                scratch.queries[i * rows + row] = batch.qkv[from + i];
            }
        }
    }

    /** Queries times keys: a row of scores for each query. */
    private void score(int length, int rows, Scratch scratch) {
        int width = Shapes.roundUp(length, PANEL);
        for (int key = 0; key < length; key += PANEL) {
            Fp32Tile.of(
                    rows,
                    scratch.queries,
                    headWidth,
                    scratch.keys,
                    key * headWidth,
                    PANEL,
                    NO_BIAS,
                    scratch.scores,
                    key,
                    width);
        }
    }

    /** Softmax of one query's scores, not yet divided by its sum, laid out for the product with the values. */
    private static void weigh(int length, int rows, int row, Scratch scratch) {
        int from = row * Shapes.roundUp(length, PANEL);
        int to = from + Shapes.roundUp(length, LANES);
        Arrays.fill(scratch.scores, from + length, to, NOTHING);
        FloatVector highest = FloatVector.broadcast(FLOATS, NOTHING);
        for (int i = from; i < to; i += LANES) {
            highest = highest.max(FloatVector.fromArray(FLOATS, scratch.scores, i));
        }
        float top = highest.reduceLanes(VectorOperators.MAX);
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int i = from; i < to; i += LANES) {
            FloatVector weight = Functions.exp(
                    FloatVector.fromArray(FLOATS, scratch.scores, i).sub(top));
            weight.intoArray(scratch.scores, i);
            sum = sum.add(weight);
        }
        scratch.shares[row] = 1 / LayerNorm.sum(sum, scratch.lanes);
        for (int key = 0; key < length; key++) {
            scratch.weights[key * rows + row] = scratch.scores[from + key];
        }
    }

    /** Weights times values. */
    private void gather(Activations batch, int text, int first, int head, int used, Scratch scratch) {
        int length = batch.length(text);
        int rows = new RowGroups(length).size(first);
        int values = batch.starts[text] * batch.qkvWidth() + 2 * hidden + head * headWidth;
        for (int part = 0; part < headWidth; part += PANEL) {
            Fp32Tile.of(
                    rows,
                    scratch.weights,
                    length,
                    batch.qkv,
                    values + part,
                    batch.qkvWidth(),
                    NO_BIAS,
                    scratch.tile,
                    0,
                    PANEL);
            int columns = Math.min(PANEL, headWidth - part);
            for (int row = 0; row < used; row++) {
                for (int i = row * PANEL; i < row * PANEL + columns; i++) {
                    scratch.tile[i] *= scratch.shares[row];
                }
                int token = batch.starts[text] + first + row;
                batch.rows.lay(
                        scratch.tile, row * PANEL, columns, batch.packed, token, head * headWidth + part, hidden);
            }
        }
    }
}
