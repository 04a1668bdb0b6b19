package dev.millrace.admin.stream;

import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.events.topic.TopicSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics of a real broker. */
public final class KafkaTopicDirectory implements TopicDirectory {
    private final Admin admin;

    /** Takes over the client. */
    public KafkaTopicDirectory(Admin admin) {
        this.admin = admin;
    }

    @Override
    public Optional<TopicIdentity> find(String topic) {
        try {
            TopicDescription found = answer(
                    admin.describeTopics(List.of(topic)).topicNameValues().get(topic));
            return Optional.of(new TopicIdentity(
                    topic, found.topicId().toString(), found.partitions().size()));
        } catch (UnknownTopicOrPartitionException absent) {
            return Optional.empty();
        }
    }

    @Override
    public Map<String, String> settings(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, String> settings = new TreeMap<>();
        answer(admin.describeConfigs(List.of(resource)).values().get(resource))
                .entries()
                .forEach(entry ->
                        Optional.ofNullable(entry.value()).ifPresent(value -> settings.put(entry.name(), value)));
        return settings;
    }

    @Override
    public void create(TopicSpec topic, Optional<Short> replication) {
        NewTopic wanted =
                new NewTopic(topic.name(), Optional.of(topic.partitions()), replication).configs(topic.settings());
        try {
            answer(admin.createTopics(List.of(wanted)).values().get(topic.name()));
        } catch (TopicExistsException rival) {
            System.getLogger(KafkaTopicDirectory.class.getName())
                    .log(System.Logger.Level.DEBUG, topic.name() + " was made by another at the same moment", rival);
        }
    }

    private static <T> T answer(KafkaFuture<T> asked) {
        try {
            return asked.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException silent) {
                throw new KafkaException("no broker answers", silent);
            }
            throw e.getCause() instanceof KafkaException own
                    ? own
                    : new KafkaException("the broker refuses", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted before the broker answered", e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
