package dev.millrace.trainer.learning;

import dev.millrace.events.Pair;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Retrieval among held-out texts.
 *
 * @param pairs how many anchors were asked
 * @param hitAt1 share of anchors whose nearest text is their positive, or one of their group; 0 where there are none
 */
record Evaluation(int pairs, double hitAt1) {

    /** Ranks all positives (and {@code distractors}) for every anchor of {@code heldOut}. */
    static Evaluation of(List<Pair> heldOut, List<String> distractors, Vectors vectors) {
        if (heldOut.isEmpty()) {
            return new Evaluation(0, 0);
        }
        List<String> documents = Vectors.distinct(
                Stream.concat(heldOut.stream().map(pair -> pair.positive().orElseThrow()), distractors.stream()));
        List<String> anchors = heldOut.stream().map(Pair::anchor).toList();
        float[][] asked = vectors.of(anchors);
        float[][] ranked = vectors.of(documents);
        TextGroups groups = TextGroups.of(heldOut);
        int hits = 0;
        for (int i = 0; i < asked.length; i++) {
            Pair pair = heldOut.get(i);
            String nearest = nearest(asked[i], ranked, documents, pair.anchor());
            hits += groups.matches(pair, nearest) ? 1 : 0;
        }
        return new Evaluation(heldOut.size(), (double) hits / heldOut.size());
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

    SortedMap<String, Double> named(String prefix) {
        SortedMap<String, Double> figures = new TreeMap<>();
        figures.put(prefix + "hit@1", hitAt1);
        figures.put(prefix + "pairs", (double) pairs);
        return figures;
    }
}
