package dev.millrace.events.topic;

import java.time.Duration;
import java.util.Map;

/**
 * A topic and its settings, as data.
 * The constructor throws IllegalArgumentException when a number is not positive.
 *
 * @param name the topic's full name, prefix included
 * @param partitions number of partitions, 1 or more
 * @param retention how long records are kept; on a compacted topic, how long deletions stay visible
 * @param compacted whether only the newest record of each key is kept
 * @param maxMessageBytes largest record batch in bytes
 */
public record TopicSpec(String name, int partitions, Duration retention, boolean compacted, int maxMessageBytes) {
    public TopicSpec {
        if (partitions < 1 || maxMessageBytes < 1) {
            throw new IllegalArgumentException("topic " + name + " needs positive partitions and maxMessageBytes");
        }
    }

    /** The topic-level settings by Kafka's own names; partitions and replication are not among them. */
    public Map<String, String> settings() {
        return Map.of(
                "cleanup.policy",
                compacted ? "compact" : "delete",
                compacted ? "delete.retention.ms" : "retention.ms",
                Long.toString(retention.toMillis()),
                "max.message.bytes",
                Integer.toString(maxMessageBytes));
    }
}
