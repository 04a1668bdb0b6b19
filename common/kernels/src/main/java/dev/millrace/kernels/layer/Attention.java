package dev.millrace.kernels.layer;

import static dev.millrace.kernels.vector.Shapes.FLOATS;
import static dev.millrace.kernels.vector.Shapes.LANES;
import static dev.millrace.kernels.vector.Shapes.PANEL;

import dev.millrace.kernels.activation.Activations;
import dev.millrace.kernels.activation.Dimensions;
import dev.millrace.kernels.product.Fp32Tile;
import dev.millrace.kernels.threads.RowGroups;
import dev.millrace.kernels.threads.Scratch;
import dev.millrace.kernels.vector.Functions;
import dev.millrace.kernels.vector.Shapes;
import jdk.incubator.vector.FloatVector;

/** Attention of one head over one text (Vaswani et al. 2017), the query scaled already. */
public final class Attention {
    private static final float[] NO_BIAS = new float[PANEL];

    private final int hidden;
    private final int headWidth;
    private final RelativeBias relative;

    public Attention(Dimensions dimensions, RelativeBias relative) {
        hidden = dimensions.hidden();
        headWidth = dimensions.headWidth();
        this.relative = relative;
    }

    /** Reads the text's rows of {@code qkv} and gives the batch the head's columns of the result. */
    void apply(Activations batch, int text, int head, Scratch scratch) {
        int length = batch.length(text);
        scratch.fit(length, headWidth);
        layKeys(batch, text, head, scratch);
        layValues(batch, text, head, scratch);
        for (int first = 0; first < length; first += PANEL) {
            int queries = Math.min(PANEL, length - first);
            layQueries(batch, batch.starts[text] + first, queries, head, scratch);
            weigh(length, first, queries, head, scratch);
            gather(batch, batch.starts[text] + first, queries, head, length, scratch);
        }
    }

    /** Keys as {@link RowGroups}: [group, headWidth, its size]. */
    private void layKeys(Activations batch, int text, int head, Scratch scratch) {
        RowGroups keys = new RowGroups(batch.length(text));
        for (int key = 0; key < keys.count(); key += Shapes.ROWS) {
            int from = (batch.starts[text] + key) * batch.qkvWidth() + hidden + head * headWidth;
            keys.layGroup(batch.qkv, from, batch.qkvWidth(), headWidth, scratch.keys, key, 0, headWidth);
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

    /** Queries as a panel: [headWidth, PANEL], a query a column. */
    private void layQueries(Activations batch, int first, int queries, int head, Scratch scratch) {
        for (int query = 0; query < queries; query++) {
            int from = (first + query) * batch.qkvWidth() + head * headWidth;
            for (int i = 0; i < headWidth; i++) {
                scratch.queries[i * PANEL + query] = batch.qkv[from + i];
            }
        }
    }

    /** Softmax of all keys' scores for a panel of queries: [length, PANEL], and what each query's are yet to be multiplied by. */
    private void weigh(int length, int first, int queries, int head, Scratch scratch) {
        RowGroups keys = new RowGroups(length);
        for (int key = 0; key < length; key += Shapes.ROWS) {
            int size = keys.size(key);
            Fp32Tile.multiply(
                    size,
                    scratch.queries,
                    0,
                    headWidth,
                    scratch.keys,
                    key * headWidth,
                    size,
                    NO_BIAS,
                    0,
                    0,
                    scratch.scores,
                    key * PANEL,
                    PANEL);
        }
        for (int key = 0; key < length; key++) {
            relative.add(scratch.scores, key * PANEL, head, key, first, queries);
        }
        for (int lanes = 0; lanes < queries; lanes += LANES) {
            softmax(scratch.scores, lanes, length, scratch.shares);
        }
    }

    /** Of as many queries as a vector has lanes, in place. */
    private static void softmax(float[] scores, int lanes, int length, float[] shares) {
        FloatVector highest = FloatVector.fromArray(FLOATS, scores, lanes);
        for (int key = 1; key < length; key++) {
            highest = highest.max(FloatVector.fromArray(FLOATS, scores, key * PANEL + lanes));
        }
        // Not 0 where a score is no number: what divides by it should not be one either.
        FloatVector sum = highest.sub(highest);
        for (int key = 0; key < length; key++) {
            int at = key * PANEL + lanes;
            FloatVector weight = Functions.decay(highest.sub(FloatVector.fromArray(FLOATS, scores, at)));
            weight.intoArray(scores, at);
            sum = sum.add(weight);
        }
        FloatVector.broadcast(FLOATS, 1).div(sum).intoArray(shares, lanes);
    }

    /** Weights times values, for the batch. */
    private void gather(Activations batch, int first, int queries, int head, int length, Scratch scratch) {
        RowGroups rows = new RowGroups(queries);
        for (int query = 0; query < queries; query += Shapes.ROWS) {
            for (int part = 0; part < headWidth; part += PANEL) {
                Fp32Tile.multiply(
                        rows.size(query),
                        scratch.values,
                        part * length,
                        length,
                        scratch.scores,
                        query,
                        PANEL,
                        NO_BIAS,
                        0,
                        0,
                        scratch.tile,
                        0,
                        PANEL);
                int columns = Math.min(PANEL, headWidth - part);
                for (int row = 0; row < Math.min(Shapes.ROWS, queries - query); row++) {
                    float share = scratch.shares[query + row];
                    for (int i = row * PANEL; i < row * PANEL + columns; i++) {
                        scratch.tile[i] *= share;
                    }
                    batch.attended(scratch.tile, row * PANEL, columns, first + query + row, head * headWidth + part);
                }
            }
        }
    }
}
