package dev.millrace.trainer.learning;

import dev.millrace.embedding.optim.Optimizer;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.learning.settings.Registry;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The optimizers by name: those that the embedding module has. */
final class Optimizers {
    private static final Map<String, Optimizer> BY_NAME =
            Arrays.stream(Optimizer.values()).collect(Collectors.toMap(Optimizer::key, Function.identity()));

    private Optimizers() {}

    static Optimizer named(LearningConfig config) {
        return Registry.choose("millrace.learning.optimizer", config.optimizer(), BY_NAME);
    }
}
