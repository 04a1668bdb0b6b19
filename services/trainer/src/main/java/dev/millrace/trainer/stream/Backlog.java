package dev.millrace.trainer.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/**
 * What this trainer's partitions hold and the lineage has not learned: how many records, and since when the oldest of
 * them waits. For one thread, but for {@link #waiting}.
 */
public final class Backlog {
    /** Of records that arrived within so long of each other one stands for all. */
    private static final Duration PRECISION = Duration.ofSeconds(1);

    private final Map<TopicPartition, Deque<Mark>> marks = new HashMap<>();
    private final AtomicReference<Optional<Waiting>> waiting = new AtomicReference<>(Optional.empty());
    private SortedMap<String, Long> learned = new TreeMap<>();

    /** When the record at this offset, and those that follow, arrived. */
    private record Mark(long offset, Instant arrived) {}

    /**
     * A partition as the consumer knows it.
     *
     * @param position the offset that is read next
     * @param end the offset after the last record
     */
    record Place(long position, long end) {}

    /**
     * What waits.
     *
     * @param records how many; transactions' markers and gaps count, too
     * @param oldest when the oldest of them arrived; empty where none waits or none was read yet
     * @param partitions how many have some
     */
    public record Waiting(long records, Optional<Instant> oldest, int partitions) {}

    /** Empty until every partition's end is known, and while there are no partitions. */
    public Optional<Waiting> waiting() {
        return waiting.get();
    }

    void startFrom(SortedMap<String, Long> offsets) {
        learned = offsets;
        marks.clear();
    }

    void learned(SortedMap<String, Long> offsets) {
        learned = offsets;
        marks.forEach((partition, kept) -> forget(kept, offsets.getOrDefault(partition.toString(), 0L)));
    }

    private static void forget(Deque<Mark> kept, long next) {
        while (kept.size() > 1
                && kept.stream().skip(1).findFirst().orElseThrow().offset() <= next) {
            kept.removeFirst();
        }
    }

    void read(TopicPartition partition, long offset, Instant arrived) {
        Deque<Mark> kept = marks.computeIfAbsent(partition, none -> new ArrayDeque<>());
        if (kept.isEmpty() || arrived.isAfter(kept.getLast().arrived().plus(PRECISION))) {
            kept.addLast(new Mark(offset, arrived));
        }
    }

    /** Looks anew, at the partitions that are this trainer's. */
    void look(Collection<TopicPartition> assigned, Function<TopicPartition, Optional<Place>> places) {
        List<Waiting> found = new ArrayList<>();
        for (TopicPartition partition : assigned) {
            places.apply(partition).ifPresent(place -> found.add(of(partition, place)));
        }
        boolean known = !assigned.isEmpty() && found.size() == assigned.size();
        waiting.set(known ? Optional.of(sum(found)) : Optional.empty());
    }

    private Waiting of(TopicPartition partition, Place place) {
        Deque<Mark> kept = marks.getOrDefault(partition, new ArrayDeque<>());
        long unread = kept.isEmpty() ? place.position() : kept.getFirst().offset();
        long next = learned.getOrDefault(partition.toString(), unread);
        long records = Math.max(0, place.end() - next);
        return records == 0
                ? new Waiting(0, Optional.empty(), 0)
                : new Waiting(records, kept.stream().findFirst().map(Mark::arrived), 1);
    }

    private static Waiting sum(List<Waiting> found) {
        return new Waiting(
                found.stream().mapToLong(Waiting::records).sum(),
                found.stream().flatMap(one -> one.oldest().stream()).min(Comparator.naturalOrder()),
                found.stream().mapToInt(Waiting::partitions).sum());
    }
}
