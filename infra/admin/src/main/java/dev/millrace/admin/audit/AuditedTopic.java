package dev.millrace.admin.audit;

import dev.millrace.admin.stream.KafkaClients;
import dev.millrace.admin.stream.TopicDirectory;
import dev.millrace.admin.stream.TopicReader;
import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.events.json.Decoded;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Pair;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * The topic of pairs, read once from its beginnings to the ends it had when the audit began; as a member of no group, and only
 * what is committed. For one thread and one audit.
 */
public final class AuditedTopic implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TopicIdentity identity;
    private final TopicReader reader;

    /** Takes over the consumer; a broker that brings nothing for {@code patience} ends the audit with a KafkaException. */
    public AuditedTopic(Consumer<byte[], byte[]> consumer, TopicIdentity topic, Duration patience) {
        this.identity = topic;
        reader = new TopicReader(consumer, topic.name(), patience);
    }

    /** As the constructor, with 30 s of patience. */
    public AuditedTopic(Consumer<byte[], byte[]> consumer, TopicIdentity topic) {
        this(consumer, topic, PATIENCE);
    }

    /** Connects to a broker; {@code properties} are a Kafka client's, bootstrap.servers among them. */
    public static AuditedTopic connect(Map<String, String> properties, String topic) {
        try (TopicDirectory topics = KafkaClients.topics(properties)) {
            TopicIdentity identity =
                    topics.find(topic).orElseThrow(() -> new KafkaException("the broker has no topic " + topic));
            return new AuditedTopic(KafkaClients.consumer(properties, IsolationLevel.READ_COMMITTED), identity);
        }
    }

    /** Which topic it is. */
    TopicIdentity identity() {
        return identity;
    }

    /** Notes where the partitions begin and end now, and stands at their beginnings. */
    void open() {
        reader.open();
    }

    /** By partition, the offset of the first record that is still there. */
    SortedMap<String, Long> begins() {
        return reader.begins();
    }

    /** By partition, the offset after its last record when the audit began. */
    SortedMap<String, Long> ends() {
        return reader.ends();
    }

    /** Goes on to these offsets without reading; before anything is read. */
    void skipTo(Map<String, Long> offsets) {
        reader.skipTo(offsets);
    }

    /** Reads on in each partition to the offset that {@code upTo} names, or to its end if that comes first. */
    void read(Map<String, Long> upTo, java.util.function.Consumer<TopicRecord> records) {
        reader.read(upTo, record -> records.accept(read(record)));
    }

    private static TopicRecord read(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = Optional.ofNullable(record.value()).orElseGet(() -> new byte[0]);
        Decoded<Pair> decoded = EventJson.timely(EventJson.readPair(value), Instant.ofEpochMilli(record.timestamp()));
        Optional<String> id = decoded instanceof Decoded.Valid<Pair> valid
                ? Optional.of(valid.event().id())
                : Optional.empty();
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        return new TopicRecord(partition.toString(), record.offset(), id);
    }

    @Override
    public void close() {
        reader.close();
    }
}
