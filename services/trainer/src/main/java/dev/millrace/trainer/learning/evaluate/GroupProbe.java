package dev.millrace.trainer.learning.evaluate;

import dev.millrace.embedding.model.InputType;
import dev.millrace.evaluation.probe.LinearProbe;
import dev.millrace.evaluation.probe.LinearProbe.Labelled;
import dev.millrace.evaluation.probe.Parts;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.vectors.Vectors;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Whether groups of bare texts can be told apart by planes between their vectors, though no text answers another. */
final class GroupProbe {
    private static final int PARTS = 5;

    /** One to learn from where another is asked. */
    private static final int FEWEST = 2;

    private GroupProbe() {}

    /**
     * Accuracy by cross validation.
     *
     * @param bare texts; those without a group, or alone in theirs, say nothing
     * @return empty for fewer than two groups
     */
    static OptionalDouble accuracy(List<Pair> bare, Vectors vectors) {
        Map<String, Long> sizes = bare.stream()
                .flatMap(pair -> pair.group().stream())
                .collect(Collectors.groupingBy(group -> group, Collectors.counting()));
        List<String> groups = sizes.keySet().stream()
                .filter(group -> sizes.get(group) >= FEWEST)
                .sorted()
                .toList();
        if (groups.size() < FEWEST) {
            return OptionalDouble.empty();
        }
        List<Pair> labelled = bare.stream()
                .filter(pair -> pair.group().filter(groups::contains).isPresent())
                .toList();
        List<String> texts = labelled.stream().map(Pair::anchor).toList();
        int[] labels = labelled.stream()
                .mapToInt(pair -> groups.indexOf(pair.group().orElseThrow()))
                .toArray();
        return OptionalDouble.of(LinearProbe.crossValidated(
                        new Labelled(vectors.table(InputType.QUERY, texts), labels),
                        Parts.of(texts, labels, PARTS),
                        PARTS,
                        groups.size())
                .accuracy());
    }
}
