package dev.millrace.trainer.stream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** From where to where a topic's partitions reach; for the thread that the consumer belongs to. */
public final class TopicExtent {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;

    TopicExtent(Consumer<byte[], byte[]> consumer, String topic) {
        this.consumer = consumer;
        this.topic = topic;
    }

    /** How many partitions are this trainer's. */
    public int owned() {
        return consumer.assignment().size();
    }

    /** Names of this trainer's partitions. */
    public SortedSet<String> partitions() {
        return consumer.assignment().stream()
                .map(TopicPartition::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether the first partition is this trainer's: true of one trainer of a group. */
    public boolean ownsFirst() {
        return consumer.assignment().stream().anyMatch(partition -> partition.partition() == 0);
    }

    /** These offsets, and for each of this trainer's partitions without one where it begins. */
    public SortedMap<String, Long> from(SortedMap<String, Long> offsets) {
        List<TopicPartition> unread = consumer.assignment().stream()
                .filter(partition -> !offsets.containsKey(partition.toString()))
                .toList();
        SortedMap<String, Long> from = new TreeMap<>(offsets);
        consumer.beginningOffsets(unread, ANSWER_WITHIN)
                .forEach((partition, first) -> from.put(partition.toString(), first));
        return from;
    }

    /**
     * How many records lie in each partition from these offsets on; from its beginning where there is none.
     *
     * @param offsets by the partition's name, of any trainer's partitions
     */
    public SortedMap<String, Long> unread(SortedMap<String, Long> offsets) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic, ANSWER_WITHIN).stream()
                .map(known -> new TopicPartition(topic, known.partition()))
                .toList();
        Map<TopicPartition, Long> begin = consumer.beginningOffsets(
                partitions.stream()
                        .filter(partition -> !offsets.containsKey(partition.toString()))
                        .toList(),
                ANSWER_WITHIN);
        return new TreeMap<>(consumer.endOffsets(partitions, ANSWER_WITHIN).entrySet().stream()
                .collect(Collectors.toMap(
                        partition -> partition.getKey().toString(), partition -> unread(partition, offsets, begin))));
    }

    private static long unread(
            Map.Entry<TopicPartition, Long> end, SortedMap<String, Long> offsets, Map<TopicPartition, Long> begin) {
        long from = offsets.getOrDefault(end.getKey().toString(), begin.getOrDefault(end.getKey(), end.getValue()));
        return Math.max(0, end.getValue() - from);
    }
}
