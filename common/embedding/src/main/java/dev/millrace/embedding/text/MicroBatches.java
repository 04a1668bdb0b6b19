package dev.millrace.embedding.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Texts in order of length, cut where they would exceed the token budget: neighbours are of about one length, so little
 * is padded, and memory is bounded whatever the number of texts.
 *
 * @param order for each sorted place, the text's index as given
 * @param bounds [from, to) places of each micro-batch
 */
public record MicroBatches(int[] order, List<int[]> bounds) {
    /** Attention weights of a token at this length take the memory of its other activations; a long text counts for more. */
    public static final int LONG = 128;

    /**
     * How full micro-batches are made that are encoded one after the other, with gradients gathering in between: the C
     * library's heap then keeps more than is in use, by up to a third of it.
     */
    private static final double SEVERAL = 0.7;

    /** What is given back for so many texts is one array. */
    private static final int MOST_TEXTS = 1 << 16;

    public static MicroBatches of(List<Tokens> texts, int tokenBudget) {
        return cut(texts, tokenBudget);
    }

    /**
     * For training on so many devices: one micro-batch each, of about the same size, where that is within the budget, else
     * several whose memory is that of one full one.
     */
    public static MicroBatches forTraining(List<Tokens> texts, int tokenBudget, int devices) {
        double share = texts.stream().mapToDouble(MicroBatches::cost).sum() / devices;
        double longest = texts.stream().mapToDouble(MicroBatches::cost).max().orElse(0);
        // Room for one text more than its share, so that no device gets a second micro-batch for what is left over.
        return cut(texts, share <= tokenBudget ? Math.min(tokenBudget, share + longest) : SEVERAL * tokenBudget);
    }

    private static MicroBatches cut(List<Tokens> texts, double budget) {
        int[] order = IntStream.range(0, texts.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> -texts.get(i).length()))
                .mapToInt(Integer::intValue)
                .toArray();
        List<int[]> bounds = new ArrayList<>();
        for (int from = 0; from < order.length; ) {
            int to = from + 1;
            double used = cost(texts.get(order[from]));
            while (to < order.length && to - from < MOST_TEXTS && used + cost(texts.get(order[to])) <= budget) {
                used += cost(texts.get(order[to++]));
            }
            bounds.add(new int[] {from, to});
            from = to;
        }
        return new MicroBatches(order, bounds);
    }

    private static double cost(Tokens text) {
        return text.length() * (1 + (double) text.length() / LONG);
    }

    public List<Tokens> texts(List<Tokens> all, int[] bound) {
        return IntStream.range(bound[0], bound[1])
                .mapToObj(i -> all.get(order[i]))
                .toList();
    }

    /** The place of each text in the sorted order: the inverse of {@code order}. */
    public long[] places() {
        long[] places = new long[order.length];
        for (int place = 0; place < order.length; place++) {
            places[order[place]] = place;
        }
        return places;
    }
}
