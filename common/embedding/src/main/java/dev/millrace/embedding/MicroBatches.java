package dev.millrace.embedding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Texts in order of length, cut where the padded rectangle would exceed the token budget: neighbours are of about one
 * length, so little is padded, and memory is bounded whatever the number of texts.
 *
 * @param order for each sorted place, the text's index as given
 * @param bounds [from, to) places of each micro-batch
 */
record MicroBatches(int[] order, List<int[]> bounds) {

    static MicroBatches of(List<Tokens> texts, int tokenBudget) {
        int[] order = IntStream.range(0, texts.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> -texts.get(i).length()))
                .mapToInt(Integer::intValue)
                .toArray();
        List<int[]> bounds = new ArrayList<>();
        for (int from = 0; from < order.length; ) {
            int longest = texts.get(order[from]).length();
            int to = Math.min(order.length, from + Math.max(1, tokenBudget / longest));
            bounds.add(new int[] {from, to});
            from = to;
        }
        return new MicroBatches(order, bounds);
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
