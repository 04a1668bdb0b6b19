package dev.millrace.admin.connection;

import dev.millrace.admin.stream.TopicReader;
import dev.millrace.events.topic.Topics;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.IsolationLevel;

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

    /** A producer that waits for all replicas. */
    public Producer<byte[], byte[]> producer() {
        return clients.producer(properties);
    }
}
