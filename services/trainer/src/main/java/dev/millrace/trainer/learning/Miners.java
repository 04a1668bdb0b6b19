package dev.millrace.trainer.learning;

import java.util.Map;
import java.util.function.Function;

/** The miners by name: a new one is one class and one line here. */
final class Miners {
    private static final Map<String, Function<LearningConfig, Miner>> BY_NAME =
            Map.of("rank-range", RankRangeMiner::new, "none", config -> (examples, pool, vectors) -> examples);

    private Miners() {}

    static Miner named(LearningConfig config) {
        return Registry.choose("millrace.learning.miner", config.miner(), BY_NAME)
                .apply(config);
    }
}
