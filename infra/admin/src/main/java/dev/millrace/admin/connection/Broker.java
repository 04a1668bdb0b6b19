package dev.millrace.admin.connection;

import dev.millrace.admin.stream.TopicDirectory;
import dev.millrace.admin.stream.TopicReader;
import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.events.topic.Topics;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;

/** A broker and the names of an installation's topics on it. */
public final class Broker {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Clients clients;
    private final Map<String, String> properties;
    private final Topics topics;

    public Broker(Clients clients, Map<String, String> properties, Topics topics) {
        this.clients = clients;
        this.properties = properties;
        this.topics = topics;
    }

    /** The installation's topics. */
    public Topics topics() {
        return topics;
    }

    /** The installation's topics, as they would be made with so many partitions. */
    public Topics topics(int partitions) {
        return new Topics(topics.prefix(), partitions);
    }

    /** A consumer without a group, of what is committed. */
    public Consumer<byte[], byte[]> consumer() {
        return clients.consumer(properties, IsolationLevel.READ_COMMITTED);
    }

    /** A reader of a topic, opened. */
    public TopicReader reader(String topic, IsolationLevel isolation) {
        TopicReader reader = new TopicReader(clients.consumer(properties, isolation), topic, PATIENCE);
        reader.open();
        return reader;
    }

    /** What topics it has. */
    public TopicDirectory directory() {
        return clients.topics(properties);
    }

    /** The topic of pairs as it is now; KafkaException when the broker has none. */
    public TopicIdentity pairs() {
        String name = topics.pairs().name();
        try (TopicDirectory directory = directory()) {
            return directory.find(name).orElseThrow(() -> new KafkaException("the broker has no topic " + name));
        }
    }

    /** A producer that waits for all replicas. */
    public Producer<byte[], byte[]> producer() {
        return clients.producer(properties);
    }
}
