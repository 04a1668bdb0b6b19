package dev.millrace.trainer.learning.batch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is known of examples to belong together: no anchor may be pushed from it. */
public final class Relations {
    private final Map<String, Set<String>> groupsOf = new HashMap<>();
    private final Map<String, Set<String>> positivesOf = new HashMap<>();

    /** Of these examples; later ones may be added. */
    public Relations(List<Example> examples) {
        examples.forEach(this::add);
    }

    /** Knows of one more. */
    public void add(Example example) {
        positivesOf.computeIfAbsent(example.anchor(), anchor -> new HashSet<>()).add(example.drawnTo());
        example.group().ifPresent(group -> groupsOf.computeIfAbsent(example.drawnTo(), text -> new HashSet<>())
                .add(group));
    }

    /** Whether the text may serve as a negative of the example: it is not the same, of one group, or known as its positive. */
    public boolean allows(Example example, String text) {
        Optional<String> group = example.group();
        return !text.equals(example.anchor())
                && !text.equals(example.drawnTo())
                && !positivesOf.getOrDefault(example.anchor(), Set.of()).contains(text)
                && (group.isEmpty() || !groupsOf.getOrDefault(text, Set.of()).contains(group.get()));
    }
}
