package dev.millrace.embedding.text;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.millrace.embedding.model.ModelConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Neighbouring texts of a packed batch whose attention is computed as one rectangle.
 *
 * @param lengths tokens of each text
 * @param width the longest of them
 * @param tokens their sum
 */
record AttentionBlock(int[] lengths, int width, int tokens) {
    /** Numbers that describe a block to {@code encoder.torchscript}: texts, width, tokens, ragged. */
    static final int FIELDS = 4;

    /** What copying a token's query, key and value costs, counted in attention weights per model dimension. */
    private static final double COPY = 4;

    /** How much dearer a cell is where texts of several lengths share a block: it is gathered, masked and gathered back. */
    private static final double RAGGED = 1.5;

    /**
     * Cuts texts into blocks so that padding and the price of starting one more block are together least (an optimal
     * partition by dynamic programming). Where many texts are of one length nothing is padded at all.
     *
     * @param lengths of neighbouring texts, best sorted
     * @param overhead what a block costs by itself, counted in attention weights
     */
    static List<AttentionBlock> plan(int[] lengths, ModelConfig config, double overhead) {
        int[] runs = runs(lengths);
        int[] from = cheapest(lengths, runs, config, overhead);
        List<AttentionBlock> blocks = new ArrayList<>();
        for (int to = runs.length - 1; to > 0; to = from[to]) {
            blocks.add(0, of(lengths, runs[from[to]], runs[to]));
        }
        return blocks;
    }

    /** For each run at which a block may end, where that block best begins. */
    private static int[] cheapest(int[] lengths, int[] runs, ModelConfig config, double overhead) {
        int count = runs.length - 1;
        double[] best = new double[count + 1];
        int[] from = new int[count + 1];
        for (int to = 1; to <= count; to++) {
            best[to] = Double.POSITIVE_INFINITY;
            int width = 0;
            int shortest = Integer.MAX_VALUE;
            for (int start = to - 1; start >= 0; start--) {
                width = Math.max(width, lengths[runs[start]]);
                shortest = Math.min(shortest, lengths[runs[start]]);
                double cells = (double) (runs[to] - runs[start]) * width;
                double work = cells * (config.heads() * width + COPY * config.hidden());
                double cost = best[start] + overhead + work * (width > shortest ? RAGGED : 1);
                if (cost < best[to]) {
                    best[to] = cost;
                    from[to] = start;
                }
            }
        }
        return from;
    }

    /** Where the length changes, both ends included. */
    private static int[] runs(int[] lengths) {
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i < lengths.length; i++) {
            if (i == 0 || lengths[i] != lengths[i - 1]) {
                starts.add(i);
            }
        }
        starts.add(lengths.length);
        return starts.stream().mapToInt(Integer::intValue).toArray();
    }

    private static AttentionBlock of(int[] lengths, int from, int to) {
        int[] own = Arrays.copyOfRange(lengths, from, to);
        int width = Arrays.stream(own).max().orElseThrow();
        return new AttentionBlock(own, width, Arrays.stream(own).sum());
    }

    int texts() {
        return lengths.length;
    }

    /** Cells of the rectangle. */
    int cells() {
        return texts() * width;
    }

    /** Attention weights of one layer. */
    long weights(ModelConfig config) {
        return (long) cells() * width * config.heads();
    }

    boolean ragged() {
        return cells() > tokens;
    }

    long[] fields() {
        return new long[] {texts(), width, tokens, ragged() ? 1 : 0};
    }

    /**
     * For a ragged block: [n*s] index of each cell's token (the text's first where there is none), [tokens] cell of each token, [n, s]
     * whether a cell holds a token. Nothing for one whose texts are of one length.
     */
    List<NDArray> arrays(NDManager manager) {
        if (!ragged()) {
            return List.of();
        }
        long[] tokenOfCell = new long[cells()];
        long[] cellOfToken = new long[tokens];
        boolean[] real = new boolean[cells()];
        int token = 0;
        for (int text = 0; text < texts(); text++) {
            // No text's values get into a neighbour's attention, not even with weight 0: they may be no numbers.
            Arrays.fill(tokenOfCell, text * width, (text + 1) * width, token);
            for (int j = 0; j < lengths[text]; j++) {
                int cell = text * width + j;
                tokenOfCell[cell] = token;
                cellOfToken[token] = cell;
                real[cell] = true;
                token++;
            }
        }
        return List.of(
                manager.create(tokenOfCell),
                manager.create(cellOfToken),
                manager.create(real, new Shape(texts(), width)));
    }
}
