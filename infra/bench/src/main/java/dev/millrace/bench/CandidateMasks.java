package dev.millrace.bench;

import dev.millrace.devstack.demo.Example;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which texts of a batch each anchor is compared with, by the trainer's rule: all positives and hard negatives of the batch,
 * save the anchor itself, other positives of the same anchor text, and the texts of its groups.
 */
final class CandidateMasks {
    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final BitSet documents = new BitSet();
    private final Map<Integer, BitSet> positivesOf = new HashMap<>();
    private final Map<String, BitSet> members = new HashMap<>();
    private final Map<Integer, Set<String>> groupsOf = new HashMap<>();

    private record Sides(int anchor, int positive) {}

    private CandidateMasks() {}

    static LearningStep step(List<Example> examples, double rate) {
        return new CandidateMasks().of(examples, rate);
    }

    private LearningStep of(List<Example> examples, double rate) {
        // A pair that comes twice is one pair.
        List<Sides> pairs = examples.stream().map(this::place).distinct().toList();
        List<List<Integer>> candidates = new ArrayList<>();
        pairs.forEach(pair -> candidates.add(candidates(pair)));
        return new LearningStep(
                List.copyOf(places.keySet()),
                pairs.stream().map(Sides::anchor).toList(),
                pairs.stream().map(Sides::positive).toList(),
                candidates,
                rate);
    }

    private Sides place(Example example) {
        Sides sides = new Sides(place(example.query()), place(example.document()));
        documents.set(sides.positive());
        positivesOf.computeIfAbsent(sides.anchor(), text -> new BitSet()).set(sides.positive());
        example.group().ifPresent(group -> {
            join(group, sides.anchor());
            join(group, sides.positive());
        });
        example.negatives().forEach(text -> documents.set(place(text)));
        return sides;
    }

    private int place(String text) {
        places.putIfAbsent(text, places.size());
        return places.get(text);
    }

    private void join(String group, int text) {
        members.computeIfAbsent(group, name -> new BitSet()).set(text);
        groupsOf.computeIfAbsent(text, place -> new HashSet<>()).add(group);
    }

    private List<Integer> candidates(Sides pair) {
        BitSet candidates = (BitSet) documents.clone();
        candidates.clear(pair.anchor());
        candidates.andNot(positivesOf.get(pair.anchor()));
        groupsOf.getOrDefault(pair.anchor(), Set.of()).forEach(group -> candidates.andNot(members.get(group)));
        candidates.set(pair.positive());
        return candidates.stream().boxed().toList();
    }
}
