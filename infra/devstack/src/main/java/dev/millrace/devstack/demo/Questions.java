package dev.millrace.devstack.demo;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The held-out set as it is asked: every query ranks all candidates.
 *
 * @param candidates distinct documents
 * @param queries those asked, a subset of the held-out examples spread over their whole list
 * @param groups by candidate, the groups it stands for
 */
record Questions(List<String> candidates, List<Example> queries, Map<String, Set<String>> groups) {

    /** Asks at most {@code most} of the examples; all of them give candidates. */
    static Questions of(List<Example> heldOut, int most) {
        Set<String> candidates = new LinkedHashSet<>();
        Map<String, Set<String>> groups = new HashMap<>();
        for (Example example : heldOut) {
            candidates.add(example.document());
            example.group().ifPresent(group -> groups.computeIfAbsent(example.document(), text -> new HashSet<>())
                    .add(group));
        }
        int asked = Math.min(most, heldOut.size());
        List<Example> queries = IntStream.range(0, asked)
                .mapToObj(i -> heldOut.get((int) ((long) i * heldOut.size() / asked)))
                .toList();
        return new Questions(List.copyOf(candidates), queries, groups);
    }

    List<String> queryTexts() {
        return queries.stream().map(Example::query).toList();
    }

    /** Its own answer, or one of the same group. */
    boolean answers(String candidate, Example query) {
        return candidate.equals(query.document())
                || query.group()
                        .map(group -> groups.getOrDefault(candidate, Set.of()).contains(group))
                        .orElse(false);
    }

    /** A candidate that repeats the query says nothing about the encoder. */
    boolean counts(String candidate, Example query) {
        return !candidate.equals(query.query()) || candidate.equals(query.document());
    }
}
