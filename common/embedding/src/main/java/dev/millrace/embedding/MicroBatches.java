package dev.millrace.embedding;

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
record MicroBatches(int[] order, List<int[]> bounds) {
    /** Attention weights of a token at this length take the memory of its other activations; a long text counts for more. */
    private static final double LONG = 128;

    static MicroBatches of(List<Tokens> texts, int tokenBudget) {
        return of(texts, tokenBudget, 1);
    }

    /** At least {@code parts} micro-batches of about the same size where there are as many texts, for as many devices. */
    static MicroBatches of(List<Tokens> texts, int tokenBudget, int parts) {
        double all = texts.stream().mapToDouble(MicroBatches::cost).sum();
        return cut(texts, Math.min(tokenBudget, all / parts));
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
            while (to < order.length && used + cost(texts.get(order[to])) <= budget) {
                used += cost(texts.get(order[to++]));
            }
            bounds.add(new int[] {from, to});
            from = to;
        }
        return new MicroBatches(order, bounds);
    }

    private static double cost(Tokens text) {
        return text.length() * (1 + text.length() / LONG);
    }

    List<Tokens> texts(List<Tokens> all, int[] bound) {
        return IntStream.range(bound[0], bound[1])
                .mapToObj(i -> all.get(order[i]))
                .toList();
    }

    /** The place of each text in the sorted order: the inverse of {@code order}. */
    long[] places() {
        long[] places = new long[order.length];
        for (int place = 0; place < order.length; place++) {
            places[order[place]] = place;
        }
        return places;
    }
}
