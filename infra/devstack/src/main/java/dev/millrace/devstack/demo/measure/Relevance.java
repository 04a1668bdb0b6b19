package dev.millrace.devstack.demo.measure;

import dev.millrace.devstack.demo.data.Example;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which documents answer which queries.
 *
 * @param groups by document, the groups it stands for
 */
public record Relevance(Map<String, Set<String>> groups) {
    public static Relevance of(List<Example> examples) {
        Map<String, Set<String>> groups = new HashMap<>();
        examples.forEach(example -> example.group()
                .ifPresent(group -> groups.computeIfAbsent(example.document(), text -> new HashSet<>())
                        .add(group)));
        return new Relevance(groups);
    }

    /** The query's own document does, and every one of its group. */
    public boolean answers(String document, Example query) {
        return document.equals(query.document())
                || query.group()
                        .map(group -> groups.getOrDefault(document, Set.of()).contains(group))
                        .orElse(false);
    }
}
