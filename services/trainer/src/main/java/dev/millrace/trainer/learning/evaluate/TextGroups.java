package dev.millrace.trainer.learning.evaluate;

import dev.millrace.events.record.Pair;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which texts answer an anchor: all positives it has, and all of its group. */
record TextGroups(Map<String, Set<String>> byGroup, Map<String, Set<String>> byAnchor) {
    static TextGroups of(List<Pair> pairs) {
        TextGroups groups = new TextGroups(new HashMap<>(), new HashMap<>());
        for (Pair pair : pairs) {
            String positive = pair.positive().orElseThrow();
            pair.group().ifPresent(group -> groups.byGroup
                    .computeIfAbsent(group, g -> new HashSet<>())
                    .add(positive));
            groups.byAnchor
                    .computeIfAbsent(pair.anchor(), anchor -> new HashSet<>())
                    .add(positive);
        }
        return groups;
    }

    boolean matches(Pair pair, String text) {
        return byAnchor.get(pair.anchor()).contains(text)
                || pair.group()
                        .map(byGroup::get)
                        .filter(texts -> texts.contains(text))
                        .isPresent();
    }
}
