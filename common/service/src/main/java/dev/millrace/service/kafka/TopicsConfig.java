package dev.millrace.service.kafka;

import jakarta.validation.constraints.Pattern;
import java.util.Map;
import java.util.Optional;

/** What a service that uses Kafka is told about it besides the servers. */
public interface TopicsConfig {
    /** Goes before every topic's name; installations that share a broker differ by it. */
    Optional<@Pattern(regexp = "[a-zA-Z0-9._-]{0,100}") String> topicPrefix();

    /** Passed to the Kafka clients, for security above all; what a service's promises rest on cannot be changed here. */
    Map<String, String> properties();
}
