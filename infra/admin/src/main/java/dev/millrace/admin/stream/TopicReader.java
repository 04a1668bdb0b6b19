package dev.millrace.admin.stream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * A topic read in order to the ends it had when it was opened, as a member of no group. Holds no more than one poll in memory.
 * For one thread.
 */
public final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final Duration patience;
    private final Map<TopicPartition, Queue<ConsumerRecord<byte[], byte[]>>> ahead = new HashMap<>();
    private final Map<TopicPartition, Long> begins = new HashMap<>();
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    /** Takes over the consumer; a broker that brings nothing for {@code patience} ends the reading with a KafkaException. */
    public TopicReader(Consumer<byte[], byte[]> consumer, String topic, Duration patience) {
        this.consumer = consumer;
        this.topic = topic;
        this.patience = patience;
    }

    /** Notes where the partitions begin and end now, and goes to their beginnings. */
    public void open() {
        List<TopicPartition> partitions = new ArrayList<>();
        for (PartitionInfo info : partitions()) {
            partitions.add(new TopicPartition(topic, info.partition()));
        }
        if (partitions.isEmpty()) {
            throw new KafkaException("the broker has no topic " + topic);
        }
        consumer.assign(partitions);
        begins.putAll(consumer.beginningOffsets(partitions));
        ends.putAll(consumer.endOffsets(partitions));
        partitions.forEach(partition -> {
            ahead.put(partition, new ArrayDeque<>());
            consumer.seek(partition, begins.get(partition));
        });
    }

    private List<PartitionInfo> partitions() {
        try {
            return consumer.partitionsFor(topic);
        } catch (TimeoutException e) {
            throw new KafkaException("no broker answers for topic " + topic, e);
        }
    }

    /** Goes on to the first record of each partition whose time is this or later; to the end where there is none. */
    public void skipTo(long epochMillis) {
        Map<TopicPartition, Long> times = new HashMap<>();
        ends.keySet().forEach(partition -> times.put(partition, epochMillis));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
        ends.forEach((partition, end) -> consumer.seek(
                partition,
                Optional.ofNullable(found.get(partition))
                        .map(OffsetAndTimestamp::offset)
                        .orElse(end)));
    }

    /** Goes on in each partition to the offset that is named, where its first record is not after it, or its last before. */
    public void skipTo(Map<String, Long> offsets) {
        ends.forEach((partition, end) -> {
            long wanted = offsets.getOrDefault(partition.toString(), 0L);
            consumer.seek(partition, Math.min(end, Math.max(wanted, begins.get(partition))));
        });
    }

    /** By partition, the offset of the first record that is still there. */
    public SortedMap<String, Long> begins() {
        return named(begins);
    }

    /** By partition, the offset after its last record when it was opened. */
    public SortedMap<String, Long> ends() {
        return named(ends);
    }

    /** Reads all there is. */
    public void read(java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> records) {
        read(ends(), records);
    }

    /** Reads on in each partition to the offset that {@code upTo} names, or to its end if that comes first. */
    public void read(Map<String, Long> upTo, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> records) {
        Map<TopicPartition, Long> goals = new HashMap<>();
        ends.forEach(
                (partition, end) -> goals.put(partition, Math.min(end, upTo.getOrDefault(partition.toString(), 0L))));
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
            Map<TopicPartition, Long> goals, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> records) {
        List<TopicPartition> behind = new ArrayList<>();
        goals.forEach((partition, goal) -> {
            Queue<ConsumerRecord<byte[], byte[]>> fetched = ahead.get(partition);
            while (!fetched.isEmpty() && fetched.element().offset() < goal) {
                records.accept(fetched.remove());
            }
            if (fetched.isEmpty() && consumer.position(partition) < goal) {
                behind.add(partition);
            }
        });
        return behind;
    }

    /** Whether anything came, be it only that a position moved over what is no record, such as a transaction's marker. */
    private boolean fetch(List<TopicPartition> behind) {
        consumer.pause(consumer.assignment());
        consumer.resume(behind);
        long before = behind.stream().mapToLong(consumer::position).sum();
        consumer.poll(POLL).forEach(record -> ahead.get(new TopicPartition(record.topic(), record.partition()))
                .add(record));
        return behind.stream().mapToLong(consumer::position).sum() > before;
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
