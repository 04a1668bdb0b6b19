package dev.millrace.trainer.learning;

import dev.millrace.embedding.objective.InfoNce;
import dev.millrace.embedding.objective.Objective;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.learning.settings.Registry;
import java.util.Map;
import java.util.function.Function;

/** The objectives by name: a new one is one class and one line here. */
public final class Objectives {
    private static final Map<String, Function<LearningConfig, Objective>> BY_NAME =
            Map.of("info-nce", config -> InfoNce.of(config.temperature()));

    private Objectives() {}

    public static Objective named(LearningConfig config) {
        return Registry.choose("millrace.learning.objective", config.objective(), BY_NAME)
                .apply(config);
    }
}
