package dev.millrace.trainer.learning.evaluate;

import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.vectors.Vectors;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Retrieval among held-out texts, by hit@1.
 *
 * @param hits for each pair asked, whether the text nearest to its anchor is its positive, or one of its group
 */
public record Evaluation(Map<Pair, Boolean> hits) {

    /**
     * Asks for every anchor of {@code heldOut} which of all its positives is nearest.
     *
     * @param between called before every anchor: tells that the work goes on, and may throw to end it
     */
    public static Evaluation of(List<Pair> heldOut, Vectors vectors, Runnable between) {
        List<String> documents =
                Vectors.distinct(heldOut.stream().map(pair -> pair.positive().orElseThrow()));
        float[][] asked = vectors.of(heldOut.stream().map(Pair::anchor).toList());
        float[][] ranked = vectors.of(documents);
        TextGroups groups = TextGroups.of(heldOut);
        Map<Pair, Boolean> hits = new LinkedHashMap<>();
        for (int i = 0; i < asked.length; i++) {
            between.run();
            Pair pair = heldOut.get(i);
            hits.put(pair, groups.matches(pair, nearest(asked[i], ranked, documents, pair.anchor())));
        }
        return new Evaluation(hits);
    }

    private static String nearest(float[] anchor, float[][] ranked, List<String> documents, String self) {
        int best = -1;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < ranked.length; i++) {
            double similarity = Vectors.similarity(anchor, ranked[i]);
            if (similarity > highest && !documents.get(i).equals(self)) {
                highest = similarity;
                best = i;
            }
        }
        return best < 0 ? self : documents.get(best);
    }

    /** Share of hits among those pairs of the slice that were asked; 0 where there are none. */
    public double hitAt1(Collection<Pair> slice) {
        return slice.stream()
                .filter(hits::containsKey)
                .mapToDouble(pair -> hits.get(pair) ? 1 : 0)
                .average()
                .orElse(0);
    }

    /**
     * What became of the hits on the slice since {@code before}, which asked the same pairs; nothing on a slice without
     * pairs.
     */
    public Deficit.Change changeSince(Evaluation before, Collection<Pair> slice) {
        double flipped = slice.stream()
                .filter(hits::containsKey)
                .mapToDouble(pair -> hits.get(pair).equals(before.hits.get(pair)) ? 0 : 1)
                .average()
                .orElse(0);
        return new Deficit.Change(before.hitAt1(slice) - hitAt1(slice), flipped);
    }
}
