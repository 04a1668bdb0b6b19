package dev.millrace.service.kafka;

import jakarta.validation.constraints.NotBlank;

/** The broker of a service that cannot be without one: such a service declares a mapping of {@code millrace.kafka} that extends this. */
public interface KafkaConfig extends TopicsConfig {
    /** {@code host:port,...}. */
    @NotBlank
    String bootstrapServers();
}
