package dev.millrace.bench.spaces;

import dev.millrace.bench.learning.Phases;
import dev.millrace.events.record.Pair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is in an index, and what is asked of it.
 *
 * @param documents every positive of the stream, each once
 * @param queries held-out anchors, each once and none that is a document
 * @param right for each query the places of the documents of its group, or of its own positives where it has none; at least one
 */
record IndexedTexts(List<String> documents, List<String> queries, List<Set<Integer>> right) {
    static IndexedTexts of(Phases phases) {
        List<Pair> heldOut = phases.heldOut().stream().flatMap(List::stream).toList();
        Map<String, Integer> places = new LinkedHashMap<>();
        Map<String, Set<Integer>> byKind = new HashMap<>();
        Stream.concat(phases.stream().stream(), heldOut.stream())
                .filter(pair -> pair.positive().isPresent())
                .forEach(pair -> byKind.computeIfAbsent(kind(pair), none -> new TreeSet<>())
                        .add(place(pair.positive().orElseThrow(), places)));
        Map<String, Pair> asked = new LinkedHashMap<>();
        heldOut.stream()
                .filter(pair -> pair.positive().isPresent() && !places.containsKey(pair.anchor()))
                .forEach(pair -> asked.putIfAbsent(pair.anchor(), pair));
        return new IndexedTexts(
                List.copyOf(places.keySet()),
                List.copyOf(asked.keySet()),
                asked.values().stream().map(pair -> byKind.get(kind(pair))).toList());
    }

    private static int place(String text, Map<String, Integer> places) {
        return places.computeIfAbsent(text, added -> places.size());
    }

    private static String kind(Pair pair) {
        return pair.group().map(group -> "group " + group).orElse("anchor " + pair.anchor());
    }

    /**
     * Of the right documents, or of ten where more are right, the share that is found: recall@10, in the mean over the queries.
     *
     * @param found for each query the places of the ten nearest documents
     */
    double recall(List<int[]> found) {
        List<Double> shares = new ArrayList<>();
        for (int query = 0; query < found.size(); query++) {
            Set<Integer> answers = right.get(query);
            long hits = IntStream.of(found.get(query)).filter(answers::contains).count();
            shares.add(hits / (double) Math.min(answers.size(), found.get(query).length));
        }
        return shares.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
}
