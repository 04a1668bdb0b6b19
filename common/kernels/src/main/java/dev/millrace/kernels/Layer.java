package dev.millrace.kernels;

import static dev.millrace.kernels.Shapes.PANEL;

/**
 * One transformer layer with post-normalization, as BERT has it (Devlin et al. 2018). Takes and gives {@code x}, and {@code packed}, its
 * values laid out for the next product.
 */
record Layer(Dimensions dimensions, Attending attending, Feeding feeding) {
    /** Query (scaled), key and value in one; attention; its output. */
    record Attending(Panels qkv, Attention attention, Panels output, LayerNorm norm) {}

    /** The feed-forward network: in, activation, out. */
    record Feeding(Panels in, Panels out, LayerNorm norm) {}

    void forward(Activations batch, Crew crew) {
        int hidden = dimensions.hidden();
        Panels qkv = attending.qkv();
        crew.each(
                qkv.count(),
                (worker, scratch, panel) -> qkv.multiply(panel, batch.packed, hidden, batch.rows, batch.qkv));
        int heads = dimensions.heads();
        crew.each(
                batch.texts() * heads,
                (worker, scratch, part) -> attending.attention().apply(batch, part / heads, part % heads, scratch));
        add(attending.output(), batch.packed, hidden, attending.norm(), batch, crew);
        crew.each(feeding.in().count(), (worker, scratch, panel) -> widen(panel, batch, scratch));
        add(feeding.out(), batch.wide, dimensions.intermediate(), feeding.norm(), batch, crew);
    }

    /** x = norm(x + packed w + b) */
    private void add(Panels w, float[] packed, int depth, LayerNorm norm, Activations batch, Crew crew) {
        crew.each(w.count(), (worker, scratch, panel) -> w.multiply(panel, packed, depth, batch.rows, batch.added));
        crew.each(batch.rows.groups(), (worker, scratch, group) -> {
            int end = Math.min(batch.rows.count(), (group + 1) * Shapes.ROWS);
            for (int row = group * Shapes.ROWS; row < end; row++) {
                batch.addRow(row);
                norm.apply(batch.x, row * dimensions.hidden(), scratch.lanes);
                batch.pack(row);
            }
        });
    }

    /** wide = activation(packed w + b), a panel of it: while a tile is in the cache it is activated and laid out. */
    private void widen(int panel, Activations batch, Scratch scratch) {
        int hidden = dimensions.hidden();
        int intermediate = dimensions.intermediate();
        int columns = Math.min(PANEL, intermediate - panel * PANEL);
        for (int first = 0; first < batch.rows.count(); first += Shapes.ROWS) {
            int rows = batch.rows.size(first);
            feeding.in().tile(panel, batch.packed, first * hidden, rows, scratch.tile, 0, PANEL);
            dimensions.activation().apply(scratch.tile, rows * PANEL);
            for (int row = 0; row < rows; row++) {
                batch.rows.lay(
                        scratch.tile, row * PANEL, columns, batch.wide, first + row, panel * PANEL, intermediate);
            }
        }
    }
}
