package dev.millrace.kernels.layer;

import dev.millrace.kernels.activation.Dimensions;
import dev.millrace.kernels.activation.LayerNorm;
import dev.millrace.kernels.quantized.QuantizedActivations;
import dev.millrace.kernels.quantized.QuantizedLinear;
import dev.millrace.kernels.quantized.QuantizedRows;
import dev.millrace.kernels.threads.Crew;

/** A layer whose products are of whole numbers; attention, sums and norms are of floats. */
record QuantizedLayer(Dimensions dimensions, Attending attending, Feeding feeding)
        implements Layer<QuantizedActivations> {
    /** Query (scaled), key and value in one; attention; its output. */
    record Attending(QuantizedLinear qkv, Attention attention, QuantizedLinear output, LayerNorm norm) {}

    /** The feed-forward network: in, activation, out. */
    record Feeding(QuantizedLinear in, QuantizedLinear out, LayerNorm norm) {}

    @Override
    public void forward(QuantizedActivations batch, Crew crew) {
        attend(batch, crew);
        add(attending.output(), batch.narrow, attending.norm(), batch, crew);
        widen(batch, crew);
        add(feeding.out(), batch.broad, feeding.norm(), batch, crew);
    }

    /** narrow = attention(narrow w + b) */
    private void attend(QuantizedActivations batch, Crew crew) {
        QuantizedLinear qkv = attending.qkv();
        qkv.multiply(batch.narrow, batch.rows.count(), batch.sums, crew);
        crew.each(batch.rows.groups(), (worker, scratch, group) -> {
            for (int row = batch.rows.first(group); row < batch.rows.end(group); row++) {
                qkv.restore(row, batch.narrow, batch.sums, scratch, batch.qkv, row * batch.qkvWidth());
            }
        });
        int heads = dimensions.heads();
        crew.each(
                batch.texts() * heads,
                (worker, scratch, part) -> attending.attention().apply(batch, part / heads, part % heads, scratch));
        crew.each(batch.rows.groups(), (worker, scratch, group) -> batch.lay(batch.attended, group, scratch));
    }

    /** broad = activation(narrow w + b) */
    private void widen(QuantizedActivations batch, Crew crew) {
        QuantizedLinear in = feeding.in();
        in.multiply(batch.narrow, batch.rows.count(), batch.sums, crew);
        crew.each(batch.rows.groups(), (worker, scratch, group) -> {
            for (int row = batch.rows.first(group); row < batch.rows.end(group); row++) {
                float[] wide = scratch.row(in.columns());
                in.restore(row, batch.narrow, batch.sums, scratch, wide, 0);
                dimensions.activation().apply(wide, 0, in.columns());
                batch.broad.round(row, wide, 0, scratch);
            }
        });
    }

    /** x = norm(x + rows w + b), and narrow = x */
    private void add(QuantizedLinear w, QuantizedRows rows, LayerNorm norm, QuantizedActivations batch, Crew crew) {
        w.multiply(rows, batch.rows.count(), batch.sums, crew);
        crew.each(batch.rows.groups(), (worker, scratch, group) -> {
            for (int row = batch.rows.first(group); row < batch.rows.end(group); row++) {
                float[] added = scratch.row(w.columns());
                w.restore(row, rows, batch.sums, scratch, added, 0);
                batch.add(row, added, 0);
                norm.apply(batch.x, row * dimensions.hidden(), scratch.lanes);
            }
            batch.lay(group, scratch);
        });
    }
}
