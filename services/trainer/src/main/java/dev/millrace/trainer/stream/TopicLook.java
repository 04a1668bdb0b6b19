package dev.millrace.trainer.stream;

import dev.millrace.checkpoints.version.TopicIdentity;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;

/**
 * Asks the broker which topic it is that is read: one that was deleted and made again has the same name, and a consumer
 * goes on in it at the old one's offset without a word. A client of its own each time, so that a broker that changed
 * its name or its address is found again.
 */
public final class TopicLook implements Supplier<TopicIdentity> {
    private final Supplier<Admin> clients;
    private final String topic;

    /** Asks for this topic. */
    public TopicLook(Supplier<Admin> clients, String topic) {
        this.clients = clients;
        this.topic = topic;
    }

    /**
     * The topic's id and partitions as they are now.
     *
     * @throws KafkaException when the broker does not say
     */
    @Override
    public TopicIdentity get() {
        try (Admin admin = clients.get()) {
            TopicDescription there =
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
            return new TopicIdentity(
                    topic, there.topicId().toString(), there.partitions().size());
        } catch (ExecutionException e) {
            throw new KafkaException("topic " + topic + " was not looked at", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted before topic " + topic + " was looked at", e);
        }
    }
}
