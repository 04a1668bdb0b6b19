package dev.millrace.trainer.learning.batch;

import dev.millrace.embedding.objective.batch.ContrastiveExample;
import dev.millrace.events.record.Pair;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * A pair as the objective sees it.
 *
 * @param anchor the text that is drawn
 * @param second the text that is with it; empty: a bare text, drawn to another view of itself (SimCSE)
 * @param label how similar the two are, in [0, 1]; empty: they belong together
 * @param negatives its own hard negatives
 * @param group texts of one group are never each other's negatives
 * @param weight share in the loss, above 0
 * @param source who produced it
 */
public record Example(
        String anchor,
        Optional<String> second,
        OptionalDouble label,
        List<String> negatives,
        Optional<String> group,
        double weight,
        String source)
        implements ContrastiveExample {
    public static Example of(Pair pair) {
        return new Example(
                pair.anchor(),
                pair.positive(),
                pair.label(),
                pair.negatives(),
                pair.group(),
                pair.weight(),
                pair.source());
    }

    /** The text that its anchor is drawn to: itself, where nothing is its positive. */
    public String drawnTo() {
        return positive().orElse(anchor);
    }

    public Example with(List<String> mined) {
        List<String> all =
                Stream.concat(negatives.stream(), mined.stream()).distinct().toList();
        return new Example(anchor, second, label, all, group, weight, source);
    }
}
