package dev.millrace.encoder.config;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Pattern;
import java.util.Map;
import java.util.Optional;

/** Where channel moves are announced; without servers the encoder only polls the bucket. */
@ConfigMapping(prefix = "millrace.kafka")
public interface KafkaConfig {
    Optional<@Pattern(regexp = ".*\\S.*", message = "must not be blank") String> bootstrapServers();

    Optional<@Pattern(regexp = "[a-zA-Z0-9._-]{0,100}") String> topicPrefix();

    Map<String, String> properties();
}
