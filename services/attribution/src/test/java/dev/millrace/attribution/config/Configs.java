package dev.millrace.attribution.config;

import dev.millrace.service.access.HttpConfig;
import dev.millrace.service.kafka.KafkaConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidatorImpl;
import java.util.HashMap;
import java.util.Map;

/** Configuration as the service reads it, from a map. */
public final class Configs {
    private Configs() {}

    public static AttributionConfig attribution(Map<String, String> keys) {
        return read(keys).getConfigMapping(AttributionConfig.class);
    }

    public static KafkaConfig kafka(Map<String, String> keys) {
        return read(keys).getConfigMapping(BrokerConfig.class);
    }

    private static SmallRyeConfig read(Map<String, String> keys) {
        final Map<String, String> all = new HashMap<>(Map.of("millrace.kafka.bootstrap-servers", "broker:9092"));
        all.putAll(keys);
        return new SmallRyeConfigBuilder()
                .withMapping(AttributionConfig.class)
                .withMapping(BrokerConfig.class)
                .withMapping(HttpConfig.class)
                .withValidator(new BeanValidationConfigValidatorImpl())
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .build();
    }
}
