package dev.millrace.ingestion.config;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.util.Map;
import java.util.Optional;

/** The broker everything is written to. */
@ConfigMapping(prefix = "millrace.kafka")
public interface KafkaConfig {
    @NotBlank
    String bootstrapServers();

    Optional<@Pattern(regexp = "[a-zA-Z0-9._-]{0,200}") String> topicPrefix();

    /** Passed to the Kafka clients, for security above all; what delivery rests on cannot be changed here. */
    Map<String, String> properties();
}
