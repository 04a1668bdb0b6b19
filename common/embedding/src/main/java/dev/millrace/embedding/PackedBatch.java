package dev.millrace.embedding;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Texts laid end to end, so that linear layers, LayerNorm and dropout see real tokens only; attention alone works on the
 * padded rectangle, through two index lists.
 *
 * @param rows number of texts n
 * @param width longest text s
 * @param tokens sum of lengths T
 * @param ids [T] vocabulary ids
 * @param positions [T] position of each token in its text
 * @param row [T] which text a token belongs to
 * @param padded [T] index of each token in the [n*s] rectangle
 * @param packed [n*s] index of each rectangle cell's token; 0 where there is none
 * @param real [n*s] whether a cell holds a token
 */
record PackedBatch(
        int rows,
        int width,
        int tokens,
        long[] ids,
        long[] positions,
        long[] row,
        long[] padded,
        long[] packed,
        boolean[] real) {

    static PackedBatch of(List<Tokens> texts) {
        int width = texts.stream().mapToInt(Tokens::length).max().orElseThrow();
        int total = texts.stream().mapToInt(Tokens::length).sum();
        PackedBatch batch = new PackedBatch(
                texts.size(),
                width,
                total,
                new long[total],
                new long[total],
                new long[total],
                new long[total],
                new long[texts.size() * width],
                new boolean[texts.size() * width]);
        int at = 0;
        for (int i = 0; i < texts.size(); i++) {
            at = batch.lay(texts.get(i).ids(), i, at);
        }
        return batch;
    }

    private int lay(int[] text, int index, int start) {
        for (int j = 0; j < text.length; j++) {
            int at = start + j;
            int cell = index * width + j;
            ids[at] = text[j];
            positions[at] = j;
            row[at] = index;
            padded[at] = cell;
            packed[cell] = at;
            real[cell] = true;
        }
        return start + text.length;
    }

    NDList arrays(NDManager manager) {
        return TorchModule.named(
                "batch[]",
                List.<NDArray>of(
                        manager.create(ids),
                        manager.create(positions),
                        manager.create(row),
                        manager.create(padded),
                        manager.create(packed),
                        manager.create(real, new Shape(rows, width))));
    }
}
