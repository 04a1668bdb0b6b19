package dev.millrace.admin.stream;

import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.events.topic.TopicSpec;
import java.util.Map;
import java.util.Optional;

/** Which topics a broker has. Every method throws a KafkaException when the broker does not answer or refuses. For one thread. */
public interface TopicDirectory extends AutoCloseable {

    /** The topic of this name; empty when there is none. */
    Optional<TopicIdentity> find(String topic);

    /** The settings of a topic that is there, defaults included, by Kafka's own names. */
    Map<String, String> settings(String topic);

    /**
     * Makes a topic; one that is there already, or appears at the same moment, is left as it is.
     *
     * @param replication copies of each partition, 1 or more; empty for the broker's default
     */
    void create(TopicSpec topic, Optional<Short> replication);

    @Override
    void close();
}
