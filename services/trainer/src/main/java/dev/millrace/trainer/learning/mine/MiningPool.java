package dev.millrace.trainer.learning.mine;

import dev.millrace.trainer.learning.batch.Example;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The texts that negatives are mined from, and which of them an example must never be pushed from. */
public final class MiningPool {
    private final List<String> texts = new ArrayList<>();
    private final Map<String, Set<String>> groupsOf = new HashMap<>();
    private final Map<String, Set<String>> positivesOf = new HashMap<>();

    public MiningPool(List<Example> window, List<Example> replay, int limit) {
        for (List<Example> part : List.of(window, replay)) {
            for (Example example : part) {
                example.positive().ifPresent(text -> take(text, example, limit));
            }
        }
    }

    private void take(String text, Example example, int limit) {
        positivesOf.computeIfAbsent(example.anchor(), anchor -> new HashSet<>()).add(text);
        if (!groupsOf.containsKey(text) && texts.size() < limit) {
            texts.add(text);
            groupsOf.put(text, new HashSet<>());
        }
        if (groupsOf.containsKey(text)) {
            example.group().ifPresent(groupsOf.get(text)::add);
        }
    }

    List<String> texts() {
        return texts;
    }

    /** Whether the text may serve as a negative of the example. */
    boolean allows(Example example, String text) {
        Optional<String> group = example.group();
        return !text.equals(example.anchor())
                && !positivesOf.getOrDefault(example.anchor(), Set.of()).contains(text)
                && (group.isEmpty() || !groupsOf.get(text).contains(group.get()));
    }
}
