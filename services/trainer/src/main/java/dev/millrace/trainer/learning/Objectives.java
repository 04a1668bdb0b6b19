package dev.millrace.trainer.learning;

import dev.millrace.embedding.InfoNce;
import dev.millrace.embedding.Objective;
import java.util.Map;
import java.util.function.Function;

/** The objectives by name: a new one is one class and one line here. */
final class Objectives {
    private static final Map<String, Function<LearningConfig, Objective>> BY_NAME =
            Map.of("info-nce", config -> InfoNce.of(config.temperature()));

    private Objectives() {}

    static Objective named(LearningConfig config) {
        return Registry.choose("millrace.learning.objective", config.objective(), BY_NAME)
                .apply(config);
    }
}
