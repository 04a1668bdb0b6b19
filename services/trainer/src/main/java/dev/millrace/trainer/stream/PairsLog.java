package dev.millrace.trainer.stream;

import dev.millrace.events.json.Decoded;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Origin;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.stream.Window.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * The trainer's end of the pairs topic. Where to read from is never asked of the group: it is told by the lineage,
 * through {@link #startFrom}. What is committed only shows scalers the lag. For one thread, but for {@link #wake}.
 */
public final class PairsLog implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PairsLog.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
    private static final Duration BETWEEN_STAYS = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> consumer;
    private final DeadLetters deadLetters;
    private final InstantSource clock;
    private final TopicExtent extent;
    private final Queue<Entry> waiting = new ArrayDeque<>();
    private final Backlog backlog = new Backlog();
    private SortedMap<String, Long> start = new TreeMap<>();
    private boolean reassigned;
    private boolean lagTold;
    private Instant stayed = Instant.EPOCH;

    /** Joins the consumer's group for the topic. */
    public PairsLog(Consumer<byte[], byte[]> consumer, String topic, DeadLetters deadLetters, InstantSource clock) {
        this.consumer = consumer;
        this.deadLetters = deadLetters;
        this.clock = clock;
        extent = new TopicExtent(consumer, topic);
        consumer.subscribe(List.of(topic), new Assignment());
    }

    /**
     * Goes to these offsets; partitions without one are read from their beginning. Drops what is read but not taken.
     */
    public void startFrom(SortedMap<String, Long> offsets) {
        start = offsets;
        backlog.startFrom(offsets);
        lagTold = false;
        waiting.clear();
        seek(consumer.assignment());
        reassigned = false;
    }

    /** Passes over what is read already, up to these offsets; after {@link #startFrom}. */
    public void skipTo(SortedMap<String, Long> next) {
        consumer.assignment().stream()
                .filter(partition -> next.containsKey(partition.toString()))
                .forEach(partition -> consumer.seek(partition, next.get(partition.toString())));
    }

    /**
     * Moves records into the window; waits at most {@code patience} when there are none.
     *
     * @return false when partitions came or went, so that the window is to be thrown away and started anew
     */
    public boolean fill(WindowBuilder window, Duration patience) {
        if (waiting.isEmpty()) {
            take(consumer.poll(patience));
        } else {
            backlog.look(consumer.assignment(), this::place);
        }
        if (!lagTold && !reassigned && !consumer.assignment().isEmpty()) {
            commitStart();
        }
        while (!reassigned && !window.isFull() && !waiting.isEmpty()) {
            window.add(waiting.remove());
        }
        return !reassigned;
    }

    /**
     * Stays in the group while its thread is busy with something else, so that trainers that come or go need not wait for
     * it. Reads nothing; what it comes upon, {@link #fill} will.
     */
    public void stay() {
        Instant now = clock.instant();
        if (now.isBefore(stayed.plus(BETWEEN_STAYS))) {
            return;
        }
        stayed = now;
        try {
            consumer.pause(consumer.assignment());
            take(consumer.poll(Duration.ZERO));
            consumer.resume(consumer.assignment());
        } catch (WakeupException e) {
            consumer.wakeup();
        } catch (KafkaException e) {
            LOG.debug("the group was not heard of", e);
        }
    }

    private void take(ConsumerRecords<byte[], byte[]> records) {
        records.forEach(record -> waiting.add(read(record)));
        backlog.look(consumer.assignment(), this::place);
    }

    /** How far the topic reaches; for this thread, too. */
    public TopicExtent extent() {
        return extent;
    }

    /**
     * Returns when all that was read and is no pair is kept as a dead letter. A version may count it as set aside only
     * then.
     *
     * @throws org.apache.kafka.common.KafkaException when something is not kept; it is to be read again
     */
    public void awaitDeadLetters() {
        deadLetters.awaitKept();
    }

    /**
     * Sends pairs of the window to the dead letters.
     *
     * @param reasons why, by place among the window's pairs
     * @return the same records, of which those are no pairs any more
     */
    public Window setAside(Window window, SortedMap<Integer, String> reasons) {
        List<Entry> left = new ArrayList<>();
        int place = 0;
        for (Entry record : window.records()) {
            Optional<String> reason = record.isPair() ? Optional.ofNullable(reasons.get(place++)) : Optional.empty();
            left.add(reason.map(why -> refused(record, why)).orElse(record));
        }
        return new Window(left, window.next());
    }

    private Entry refused(Entry record, String reason) {
        Decoded.Invalid<Pair> why = new Decoded.Invalid<>("", reason);
        if (record.decoded() instanceof Decoded.Valid<Pair> valid) {
            Pair pair = valid.event();
            byte[] key = pair.id().getBytes(StandardCharsets.UTF_8);
            send(origin(record, Optional.of(key), Optional.of(EventJson.write(pair))), why);
        }
        return new Entry(record.partition(), record.offset(), why);
    }

    /**
     * Makes the group's lag what the lineage has not learned yet. Nothing waits for it and nothing depends on it: a
     * consumer that was thrown out of its group cannot commit, and is let in again by {@link #fill} only.
     */
    public void commit(SortedMap<String, Long> offsets) {
        backlog.learned(offsets);
        Map<TopicPartition, OffsetAndMetadata> owned = consumer.assignment().stream()
                .filter(partition -> offsets.containsKey(partition.toString()))
                .collect(Collectors.toMap(
                        partition -> partition, partition -> new OffsetAndMetadata(offsets.get(partition.toString()))));
        consumer.commitAsync(owned, (committed, failure) -> Optional.ofNullable(failure)
                .ifPresent(cause -> LOG.infof("the group's lag is not up to date: %s", cause.getMessage())));
    }

    /**
     * For every partition, those that nothing was ever read of included: a scaler takes one without an offset for one
     * that lags by all that was ever put there.
     */
    private void commitStart() {
        lagTold = true;
        try {
            commit(extent.from(start));
        } catch (KafkaException e) {
            LOG.infof("the group's lag is not up to date: %s", e.getMessage());
        }
    }

    /** What is there and not learned. */
    public Backlog backlog() {
        return backlog;
    }

    /** Ends a wait in {@link #fill}; may be called by any thread. */
    public void wake() {
        consumer.wakeup();
    }

    /** Known to the consumer without asking the broker; empty until it is. */
    private Optional<Backlog.Place> place(TopicPartition partition) {
        OptionalLong lag = consumer.currentLag(partition);
        if (lag.isEmpty()) {
            return Optional.empty();
        }
        long position = consumer.position(partition);
        return Optional.of(new Backlog.Place(position, position + lag.getAsLong()));
    }

    private Entry read(ConsumerRecord<byte[], byte[]> record) {
        Optional<byte[]> value = Optional.ofNullable(record.value());
        Decoded<Pair> decoded =
                EventJson.timely(EventJson.readPair(value.orElseGet(() -> new byte[0])), arrived(record));
        Entry read = new Entry(new TopicPartition(record.topic(), record.partition()), record.offset(), decoded);
        backlog.read(read.partition(), read.offset(), arrived(record));
        if (decoded instanceof Decoded.Invalid<Pair> invalid) {
            send(origin(read, Optional.ofNullable(record.key()), value), invalid);
        }
        return read;
    }

    /** By its own time, so that it is judged the same whenever it is read; records of the oldest form have none. */
    private Instant arrived(ConsumerRecord<byte[], byte[]> record) {
        return record.timestamp() == ConsumerRecord.NO_TIMESTAMP
                ? clock.instant()
                : Instant.ofEpochMilli(record.timestamp());
    }

    private static Origin origin(Entry record, Optional<byte[]> key, Optional<byte[]> value) {
        TopicPartition place = record.partition();
        return Origin.of(place.topic(), place.partition(), record.offset(), key, value);
    }

    private void send(Origin origin, Decoded.Invalid<Pair> why) {
        deadLetters.send(origin.setAside(why.field(), why.reason(), clock.instant()));
    }

    private void seek(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            if (start.containsKey(partition.toString())) {
                consumer.seek(partition, start.get(partition.toString()));
            } else {
                consumer.seekToBeginning(List.of(partition));
            }
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE_WITHIN));
    }

    private final class Assignment implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            reassigned |= !partitions.isEmpty();
            seek(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            reassigned |= !partitions.isEmpty();
        }
    }
}
