package dev.millrace.kernels.layer;

import static dev.millrace.kernels.vector.Shapes.PANEL;

import dev.millrace.kernels.activation.Dimensions;
import dev.millrace.kernels.activation.LayerNorm;
import dev.millrace.kernels.activation.PackedActivations;
import dev.millrace.kernels.product.Panels;
import dev.millrace.kernels.threads.Crew;
import dev.millrace.kernels.threads.Scratch;
import dev.millrace.kernels.vector.Shapes;

/** A layer whose products are of floats. */
record FloatLayer(Dimensions dimensions, Attending attending, Feeding feeding) implements Layer<PackedActivations> {
    /** Query (scaled), key and value in one; attention; its output. */
    record Attending(Panels qkv, Attention attention, Panels output, LayerNorm norm) {}

    /** The feed-forward network: in, activation, out. */
    record Feeding(Panels in, Panels out, LayerNorm norm) {}

    @Override
    public void forward(PackedActivations batch, Crew crew) {
        int heads = dimensions.heads();
        crew.each(
                attending.qkv().count(),
                (worker, scratch, panel) -> attending.qkv().multiply(panel, batch.packed, batch.rows, batch.qkv));
        crew.each(
                batch.texts() * heads,
                (worker, scratch, part) -> attending.attention().apply(batch, part / heads, part % heads, scratch));
        add(attending.output(), batch.packed, attending.norm(), batch, crew);
        crew.each(feeding.in().count(), (worker, scratch, panel) -> widen(panel, batch, scratch));
        add(feeding.out(), batch.wide, feeding.norm(), batch, crew);
    }

    /** x = norm(x + packed w + b) */
    private void add(Panels w, float[] packed, LayerNorm norm, PackedActivations batch, Crew crew) {
        crew.each(w.count(), (worker, scratch, panel) -> w.multiply(panel, packed, batch.rows, batch.added));
        crew.each(batch.rows.groups(), (worker, scratch, group) -> {
            for (int row = batch.rows.first(group); row < batch.rows.end(group); row++) {
                batch.addRow(row);
                norm.apply(batch.x, row * dimensions.hidden(), scratch.lanes);
            }
            batch.lay(group, scratch);
        });
    }

    /** wide = activation(packed w + b), a panel of it: activated and laid out while it is in the cache. */
    private void widen(int panel, PackedActivations batch, Scratch scratch) {
        int intermediate = dimensions.intermediate();
        int columns = Math.min(PANEL, intermediate - panel * PANEL);
        scratch.fit(batch.rows);
        feeding.in().multiplyAlone(panel, batch.packed, batch.rows, scratch.panel);
        dimensions.activation().apply(scratch.panel, 0, batch.rows.padded() * PANEL);
        for (int first = 0; first < batch.rows.count(); first += Shapes.ROWS) {
            batch.rows.layGroup(
                    scratch.panel, first * PANEL, PANEL, columns, batch.wide, first, panel * PANEL, intermediate);
        }
    }
}
