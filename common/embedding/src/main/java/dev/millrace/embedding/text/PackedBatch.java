package dev.millrace.embedding.text;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.torch.TorchModule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Texts laid end to end, so that linear layers, LayerNorm and dropout see real tokens only; attention alone works on
 * rectangles, one for each block of texts of about one length.
 *
 * @param tokens sum of lengths T
 * @param ids [T] vocabulary ids
 * @param positions [T] position of each token in its text
 * @param row [T] which text a token belongs to
 * @param lengths [n] tokens of each text
 * @param blocks the texts in order, cut for attention; none where there is none
 */
public record PackedBatch(
        int tokens, long[] ids, long[] positions, long[] row, int[] lengths, List<AttentionBlock> blocks) {
    // What a block's dozen kernel launches cost, counted in attention weights. CPU: the best of 20,000 to 2,000,000, of
    // which the last takes 7 to 20 % longer. GPU: an estimate, never measured.
    private static final double CPU_OVERHEAD = 20_000;
    private static final double GPU_OVERHEAD = 4_000_000;

    public static PackedBatch of(List<Tokens> texts, ModelConfig config, boolean onCpu) {
        int[] lengths = texts.stream().mapToInt(Tokens::length).toArray();
        int total = texts.stream().mapToInt(Tokens::length).sum();
        PackedBatch batch = new PackedBatch(
                total,
                new long[total],
                new long[total],
                new long[total],
                lengths,
                config.isStatic()
                        ? List.of()
                        : AttentionBlock.plan(lengths, config, onCpu ? CPU_OVERHEAD : GPU_OVERHEAD));
        int at = 0;
        for (int i = 0; i < texts.size(); i++) {
            at = batch.lay(texts.get(i).ids(), i, at);
        }
        return batch;
    }

    private int lay(int[] text, int index, int start) {
        for (int j = 0; j < text.length; j++) {
            int at = start + j;
            ids[at] = text[j];
            positions[at] = j;
            row[at] = index;
        }
        return start + text.length;
    }

    /** Attention weights of one layer. */
    public long attentionWeights(ModelConfig config) {
        return blocks.stream().mapToLong(block -> block.weights(config)).sum();
    }

    /** The list {@code batch} of {@code encoder.torchscript}. */
    public NDList arrays(NDManager manager) {
        List<NDArray> arrays = new ArrayList<>(List.of(
                manager.create(ids), manager.create(positions), manager.create(row), manager.create(floats(lengths))));
        blocks.forEach(block -> arrays.addAll(block.arrays(manager)));
        return TorchModule.named("batch[]", arrays);
    }

    /** The numbers that describe the blocks, one after the other. */
    public long[] fields() {
        return blocks.stream()
                .flatMapToLong(block -> Arrays.stream(block.fields()))
                .toArray();
    }

    /** The same as a tensor, on the CPU wherever the rest is: the script reads it value by value, which would stall a GPU. */
    public NDArray fields(NDManager manager) {
        long[] fields = fields();
        NDArray array = manager.create(new Shape(fields.length), DataType.INT64, Device.cpu());
        array.set(fields);
        return array;
    }

    private static float[] floats(int[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = values[i];
        }
        return floats;
    }
}
