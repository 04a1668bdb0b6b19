package dev.millrace.trainer.testing;

import dev.millrace.service.access.HttpConfig;
import dev.millrace.trainer.config.BrokerConfig;
import dev.millrace.trainer.config.BucketConfig;
import dev.millrace.trainer.config.TrainerConfig;
import dev.millrace.trainer.learning.settings.GateConfig;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.learning.settings.Presets;
import dev.millrace.trainer.learning.settings.RoundConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.HashMap;
import java.util.Map;

/** Configuration as the service reads it, from a map. */
public final class Configs {
    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();
    private static final Map<String, String> NEEDED = Map.of(
            "millrace.kafka.bootstrap-servers", "broker:9092",
            "millrace.trainer.work-dir", "work",
            "millrace.s3.endpoint", "http://127.0.0.1:9000",
            "millrace.s3.access-key", "user",
            "millrace.s3.secret-key", "secret");

    private Configs() {}

    /** {@code settings}: keys without prefix and values, one after the other. */
    public static LearningConfig learning(String... settings) {
        return read(prefixed("millrace.learning.", settings)).getConfigMapping(LearningConfig.class);
    }

    /** As {@link #learning}. */
    public static GateConfig gate(String... settings) {
        return read(prefixed("millrace.gate.", settings)).getConfigMapping(GateConfig.class);
    }

    /** Everything, with what has no default filled in. */
    public static SmallRyeConfig read(Map<String, String> keys) {
        final Map<String, String> all = new HashMap<>(NEEDED);
        all.putAll(keys);
        return build(all);
    }

    /** Everything, and nothing filled in. */
    public static SmallRyeConfig build(Map<String, String> keys) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(keys, "test", 100))
                .withSources(new Presets())
                .withMapping(TrainerConfig.class)
                .withMapping(LearningConfig.class)
                .withMapping(GateConfig.class)
                .withMapping(RoundConfig.class)
                .withMapping(HttpConfig.class)
                .withMapping(BrokerConfig.class)
                .withMapping(BucketConfig.class)
                .withValidator((BeanValidationConfigValidator) () -> VALIDATOR)
                .build();
    }

    private static Map<String, String> prefixed(String prefix, String... settings) {
        final Map<String, String> keys = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            keys.put(prefix + settings[i], settings[i + 1]);
        }
        return keys;
    }
}
