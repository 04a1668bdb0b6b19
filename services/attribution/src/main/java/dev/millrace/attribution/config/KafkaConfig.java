package dev.millrace.attribution.config;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.util.Map;
import java.util.Optional;

/** Where the topics are; the README's table explains every key. */
@ConfigMapping(prefix = "millrace.kafka")
public interface KafkaConfig {
    @NotBlank
    String bootstrapServers();

    Optional<@Pattern(regexp = "[a-zA-Z0-9._-]{0,100}") String> topicPrefix();

    Map<String, String> properties();
}
