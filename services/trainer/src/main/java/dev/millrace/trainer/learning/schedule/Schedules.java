package dev.millrace.trainer.learning.schedule;

import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.learning.settings.Registry;
import java.util.Map;
import java.util.function.Function;

/** The learning-rate schedules by name: a new one is one class and one line here. */
public final class Schedules {
    private static final Map<String, Function<LearningConfig, Schedule>> BY_NAME = Map.of(
            "constant", config -> steps -> 1,
            "linear", config -> new LinearDecay(config.scheduleSteps(), config.scheduleFloor()),
            "cosine", config -> new CosineDecay(config.scheduleSteps(), config.scheduleFloor()));

    private Schedules() {}

    public static Schedule named(LearningConfig config) {
        return Registry.choose("millrace.learning.schedule", config.schedule(), BY_NAME)
                .apply(config);
    }
}
