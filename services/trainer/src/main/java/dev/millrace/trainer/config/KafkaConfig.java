package dev.millrace.trainer.config;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.util.Map;
import java.util.Optional;

/** Where pairs are read and channel moves announced. */
@ConfigMapping(prefix = "millrace.kafka")
public interface KafkaConfig {
    @NotBlank
    String bootstrapServers();

    Optional<@Pattern(regexp = "[a-zA-Z0-9._-]{0,100}") String> topicPrefix();

    Map<String, String> properties();
}
