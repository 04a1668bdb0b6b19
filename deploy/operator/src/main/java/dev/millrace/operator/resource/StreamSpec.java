package dev.millrace.operator.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import java.util.Map;
import java.util.Objects;

/** The given Kafka. */
public record StreamSpec(
        @Required @JsonPropertyDescription("host:port, comma separated")
        String bootstrapServers,

        @JsonPropertyDescription("Before every topic's name")
        String topicPrefix,

        @Min(1)
        @Max(10_000)
        @Default("4")
        @JsonPropertyDescription("Partitions of pairs: never more trainers than that")
        Integer partitions,

        @JsonPropertyDescription("Client properties that are no secret")
        Map<String, JsonNode> properties,

        @JsonPropertyDescription("A Secret whose key kafka.properties holds those that are")
        String secret) {

    private static final int PARTITIONS = 4;

    public StreamSpec {
        bootstrapServers = Objects.requireNonNullElse(bootstrapServers, "");
        topicPrefix = Objects.requireNonNullElse(topicPrefix, "");
        partitions = Objects.requireNonNullElse(partitions, PARTITIONS);
        properties = Objects.requireNonNullElseGet(properties, Map::of);
        secret = Objects.requireNonNullElse(secret, "");
    }
}
