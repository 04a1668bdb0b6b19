package dev.millrace.trainer.learning.mine;

import dev.millrace.trainer.learning.batch.Example;
import dev.millrace.trainer.learning.batch.Relations;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The texts that negatives are mined from, and which of them an example must never be pushed from. */
public final class MiningPool {
    private final List<String> texts;
    private final Relations relations;

    /** So many different positives at most, those of the window first. */
    public MiningPool(List<Example> window, List<Example> replay, int limit) {
        relations = new Relations(List.of());
        Set<String> positives = new LinkedHashSet<>();
        for (List<Example> part : List.of(window, replay)) {
            for (Example example : part) {
                relations.add(example);
                example.positive().filter(text -> positives.size() < limit).ifPresent(positives::add);
            }
        }
        texts = List.copyOf(positives);
    }

    private MiningPool(List<String> texts, Relations relations) {
        this.texts = texts;
        this.relations = relations;
    }

    /** The same, and texts besides that are nobody's positive yet. */
    public MiningPool and(List<String> documents) {
        Set<String> all = new LinkedHashSet<>(texts);
        all.addAll(documents);
        return new MiningPool(List.copyOf(all), relations);
    }

    List<String> texts() {
        return texts;
    }

    /** Whether the text may serve as a negative of the example. */
    boolean allows(Example example, String text) {
        return relations.allows(example, text);
    }
}
