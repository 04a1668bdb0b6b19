package dev.millrace.trainer.learning.batch;

import dev.millrace.embedding.objective.ContrastiveExample;
import dev.millrace.events.record.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pair as the objective sees it.
 *
 * @param anchor the text that is drawn
 * @param positive where it is drawn to; empty: to another dropout view of itself (SimCSE)
 * @param negatives its own hard negatives
 * @param group texts of one group are never each other's negatives
 * @param weight share in the loss, above 0
 */
public record Example(
        String anchor, Optional<String> positive, List<String> negatives, Optional<String> group, double weight)
        implements ContrastiveExample {
    /** From this label on a graded pair draws together; below, its second text is pushed away. */
    private static final double SIMILAR = 0.5;

    public static Example of(Pair pair) {
        double label = pair.label().orElse(1);
        if (label >= SIMILAR || pair.positive().isEmpty()) {
            return new Example(
                    pair.anchor(),
                    pair.positive(),
                    pair.negatives(),
                    pair.group(),
                    pair.weight() * Math.max(label, SIMILAR));
        }
        List<String> pushed = new ArrayList<>(pair.negatives());
        pushed.add(pair.positive().orElseThrow());
        return new Example(pair.anchor(), Optional.empty(), pushed, pair.group(), pair.weight() * (1 - label));
    }

    public Example with(List<String> mined) {
        List<String> all =
                Stream.concat(negatives.stream(), mined.stream()).distinct().toList();
        return new Example(anchor, positive, all, group, weight);
    }

    Stream<String> texts() {
        return Stream.concat(Stream.concat(Stream.of(anchor), positive.stream()), negatives.stream());
    }
}
