package dev.millrace.trainer.learning.mine;

import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.learning.settings.Registry;
import java.util.Map;
import java.util.function.Function;

/** The miners by name: a new one is one class and one line here. */
public final class Miners {
    private static final Map<String, Function<LearningConfig, Miner>> BY_NAME =
            Map.of("rank-range", RankRangeMiner::new, "none", config -> (examples, pool, vectors) -> examples);

    private Miners() {}

    public static Miner named(LearningConfig config) {
        return Registry.choose("millrace.learning.miner", config.miner(), BY_NAME)
                .apply(config);
    }
}
