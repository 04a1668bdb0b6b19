package dev.millrace.trainer.stream;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a trainer's partitions are ahead of the lineage. Of what was read it keeps when the first record of each poll
 * was put there, so that it stays small, and the age that it tells is never too low.
 */
public final class Backlog {
    private final Map<TopicPartition, NavigableMap<Long, Instant>> read = new HashMap<>();
    private SortedMap<String, Long> learned = new TreeMap<>();

    /**
     * What is in no version yet.
     *
     * @param records how many, in all of the trainer's partitions
     * @param oldest when the first of them was put there; empty while there is none, or none was read
     * @param partitions in how many of them there are some
     */
    public record Behind(long records, Optional<Instant> oldest, int partitions) {
        static final Behind NOTHING = new Behind(0, Optional.empty(), 0);

        private Behind and(Behind other) {
            Optional<Instant> first =
                    Stream.of(oldest, other.oldest).flatMap(Optional::stream).min(Instant::compareTo);
            return new Behind(records + other.records, first, partitions + other.partitions);
        }
    }

    /** These came with one poll. */
    void read(Collection<ConsumerRecord<byte[], byte[]>> records) {
        records.forEach(record -> read.computeIfAbsent(
                        new TopicPartition(record.topic(), record.partition()), partition -> new TreeMap<>())
                .put(record.offset(), Instant.ofEpochMilli(record.timestamp())));
    }

    /** A version holds all before these offsets. */
    void learned(SortedMap<String, Long> offsets) {
        learned = offsets;
        read.forEach((partition, times) -> Optional.ofNullable(offsets.get(partition.toString()))
                .flatMap(next -> Optional.ofNullable(times.floorKey(next)))
                .ifPresent(first -> times.headMap(first, false).clear()));
    }

    /** What is read is read again. */
    void forget() {
        read.clear();
    }

    /** As the consumer knows it, without asking the broker. */
    Behind of(Consumer<byte[], byte[]> consumer) {
        List<Behind> each = new ArrayList<>();
        for (TopicPartition partition : consumer.assignment()) {
            OptionalLong unread = consumer.currentLag(partition);
            if (unread.isPresent()) {
                each.add(of(partition, consumer.position(partition), unread.getAsLong()));
            }
        }
        return each.stream().reduce(Behind.NOTHING, Behind::and);
    }

    private Behind of(TopicPartition partition, long position, long unread) {
        NavigableMap<Long, Instant> times = read.getOrDefault(partition, new TreeMap<>());
        long from = learned.getOrDefault(partition.toString(), times.isEmpty() ? position : times.firstKey());
        long records = Math.max(0, position - from) + unread;
        Optional<Instant> oldest = Optional.ofNullable(times.floorEntry(from))
                .or(() -> Optional.ofNullable(times.firstEntry()))
                .map(Map.Entry::getValue);
        return records == 0 ? Behind.NOTHING : new Behind(records, oldest, 1);
    }
}
