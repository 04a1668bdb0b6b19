package dev.millrace.evaluation.retrieval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Pairs as questions: each different anchor asks among all different positives. Right are its own positives, and those of every pair
 * of its groups.
 *
 * @param queries anchors that are asked, in order of first appearance
 * @param documents positives, in order of first appearance
 * @param questions what answers each query
 * @param unanswerable anchors that are not asked, since only their own text would answer them
 */
public record PairQuestions(List<String> queries, List<String> documents, List<Question> questions, int unanswerable) {

    /** Two texts that belong together. */
    public record Asked(String anchor, String positive, Optional<String> group) {}

    /** The questions of pairs, in any order. */
    public static PairQuestions of(List<Asked> pairs) {
        Map<String, Integer> places = new LinkedHashMap<>();
        Map<String, Set<Integer>> byAnchor = new LinkedHashMap<>();
        Map<String, Set<Integer>> byGroup = new HashMap<>();
        Map<String, Set<String>> groups = new HashMap<>();
        for (Asked pair : pairs) {
            Integer place = places.computeIfAbsent(pair.positive(), text -> places.size());
            in(byAnchor, pair.anchor()).add(place);
            pair.group().ifPresent(group -> {
                in(byGroup, group).add(place);
                groups.computeIfAbsent(pair.anchor(), anchor -> new LinkedHashSet<>())
                        .add(group);
            });
        }
        List<String> queries = new ArrayList<>();
        List<Question> questions = new ArrayList<>();
        byAnchor.forEach((anchor, positives) -> {
            Set<Integer> right = new HashSet<>(positives);
            groups.getOrDefault(anchor, Set.of()).forEach(group -> right.addAll(byGroup.get(group)));
            Question question = question(right, Optional.ofNullable(places.get(anchor)));
            if (question.answerable()) {
                queries.add(anchor);
                questions.add(question);
            }
        });
        return new PairQuestions(queries, List.copyOf(places.keySet()), questions, byAnchor.size() - questions.size());
    }

    private static Set<Integer> in(Map<String, Set<Integer>> documents, String key) {
        return documents.computeIfAbsent(key, k -> new HashSet<>());
    }

    private static Question question(Set<Integer> right, Optional<Integer> own) {
        Map<Integer, Float> grades = new HashMap<>();
        right.forEach(document -> grades.put(document, 1f));
        return Question.of(grades, own.map(Set::of).orElse(Set.of()));
    }
}
