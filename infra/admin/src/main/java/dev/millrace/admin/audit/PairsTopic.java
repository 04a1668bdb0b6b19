package dev.millrace.admin.audit;

import dev.millrace.events.Decoded;
import dev.millrace.events.EventJson;
import dev.millrace.events.Pair;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The topic of pairs, read once from its beginnings to the ends it had when the audit began; as no member of any group, and only
 * what is committed. Holds no more than one poll in memory. For one thread and one audit.
 */
public final class PairsTopic implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final Duration patience;
    private final Map<TopicPartition, Queue<ConsumerRecord<byte[], byte[]>>> ahead = new HashMap<>();
    private SortedMap<String, Long> begins = Collections.emptySortedMap();
    private SortedMap<String, Long> ends = Collections.emptySortedMap();

    /** Takes over the consumer; a broker that brings nothing for {@code patience} ends the audit with a KafkaException. */
    public PairsTopic(Consumer<byte[], byte[]> consumer, String topic, Duration patience) {
        this.consumer = consumer;
        this.topic = topic;
        this.patience = patience;
    }

    /** Connects to a broker; {@code properties} are a Kafka client's, bootstrap.servers among them. */
    public static PairsTopic connect(Map<String, String> properties, String topic) {
        Map<String, Object> settings = new HashMap<>(properties);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new PairsTopic(
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                topic,
                Duration.ofSeconds(30));
    }

    /** Notes where the partitions begin and end now, and stands at their beginnings. */
    void open() {
        List<TopicPartition> partitions = new ArrayList<>();
        for (PartitionInfo info : consumer.partitionsFor(topic)) {
            partitions.add(new TopicPartition(topic, info.partition()));
        }
        if (partitions.isEmpty()) {
            throw new KafkaException("the broker has no topic " + topic);
        }
        consumer.assign(partitions);
        begins = named(consumer.beginningOffsets(partitions));
        ends = named(consumer.endOffsets(partitions));
        partitions.forEach(partition -> {
            ahead.put(partition, new ArrayDeque<>());
            consumer.seek(partition, begins.get(partition.toString()));
        });
    }

    /** By partition, the offset of the first record that is still there. */
    SortedMap<String, Long> begins() {
        return begins;
    }

    /** By partition, the offset after its last record when the audit began. */
    SortedMap<String, Long> ends() {
        return ends;
    }

    /** Reads on in each partition to the offset that {@code upTo} names, or to its end if that comes first. */
    void read(Map<String, Long> upTo, java.util.function.Consumer<TopicRecord> records) {
        Map<TopicPartition, Long> goals = new HashMap<>();
        for (TopicPartition partition : ahead.keySet()) {
            long goal = upTo.getOrDefault(partition.toString(), 0L);
            goals.put(partition, Math.min(goal, ends.get(partition.toString())));
        }
        long deadline = System.nanoTime() + patience.toNanos();
        List<TopicPartition> behind = drain(goals, records);
        while (!behind.isEmpty()) {
            if (fetch(behind)) {
                deadline = System.nanoTime() + patience.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new KafkaException("the broker brought nothing of " + behind + " for "
                        + TimeUnit.MILLISECONDS.toSeconds(patience.toMillis()) + " s");
            }
            behind = drain(goals, records);
        }
    }

    /** Hands on what was fetched and is wanted; returns the partitions that have more to fetch. */
    private List<TopicPartition> drain(
            Map<TopicPartition, Long> goals, java.util.function.Consumer<TopicRecord> records) {
        List<TopicPartition> behind = new ArrayList<>();
        goals.forEach((partition, goal) -> {
            Queue<ConsumerRecord<byte[], byte[]>> fetched = ahead.get(partition);
            while (!fetched.isEmpty() && fetched.element().offset() < goal) {
                records.accept(read(fetched.remove()));
            }
            if (fetched.isEmpty() && consumer.position(partition) < goal) {
                behind.add(partition);
            }
        });
        return behind;
    }

    /** Whether anything came, be it only that a partition's position moved over what is no record. */
    private boolean fetch(List<TopicPartition> behind) {
        consumer.pause(consumer.assignment());
        consumer.resume(behind);
        long before = behind.stream().mapToLong(consumer::position).sum();
        consumer.poll(POLL).forEach(record -> ahead.get(new TopicPartition(record.topic(), record.partition()))
                .add(record));
        return behind.stream().mapToLong(consumer::position).sum() > before;
    }

    private static TopicRecord read(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = Optional.ofNullable(record.value()).orElseGet(() -> new byte[0]);
        Optional<String> id = EventJson.readPair(value) instanceof Decoded.Valid<Pair> valid
                ? Optional.of(valid.event().id())
                : Optional.empty();
        return new TopicRecord(new TopicPartition(record.topic(), record.partition()).toString(), record.offset(), id);
    }

    private static SortedMap<String, Long> named(Map<TopicPartition, Long> offsets) {
        SortedMap<String, Long> named = new TreeMap<>();
        offsets.forEach((partition, offset) -> named.put(partition.toString(), offset));
        return named;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
