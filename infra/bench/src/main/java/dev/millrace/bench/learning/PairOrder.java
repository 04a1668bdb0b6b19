package dev.millrace.bench.learning;

import dev.millrace.events.record.Pair;
import java.util.List;

/** In which order the pairs of a stream come. */
enum PairOrder {
    /** Every window is about everything. */
    SHUFFLED {
        @Override
        List<List<Pair>> parts(Phases phases, long seed) {
            return List.of(phases.shuffled(1, seed));
        }
    },
    /** One topic after the other. */
    PHASES {
        @Override
        List<List<Pair>> parts(Phases phases, long seed) {
            return phases.learned();
        }
    };

    abstract List<List<Pair>> parts(Phases phases, long seed);

    /** The stream in windows of so many pairs; none spans two phases. */
    List<List<Pair>> windows(Phases phases, long seed, int size) {
        return parts(phases, seed).stream()
                .flatMap(part -> StreamPairs.windows(part, size).stream())
                .toList();
    }
}
