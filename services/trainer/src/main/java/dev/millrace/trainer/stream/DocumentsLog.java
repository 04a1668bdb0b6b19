package dev.millrace.trainer.stream;

import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.events.json.Decoded;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Document;
import dev.millrace.events.record.Origin;
import dev.millrace.trainer.learning.state.DocumentChanges;
import dev.millrace.trainer.learning.state.DocumentChanges.Change;
import dev.millrace.trainer.learning.state.DocumentPlace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The trainer's end of the documents topic: all of its partitions, in no group. Where to read from is told by the
 * lineage, through {@link #startFrom}. Reading one twice does no harm, since its id stays; so another topic, or offsets
 * that are gone, are read from the beginning. For one thread.
 */
public final class DocumentsLog implements AutoCloseable {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(200);

    /** Polls of one reading that may bring nothing, beside as many records: it is a window's pairs that count. */
    private static final int EMPTY_POLLS = 10;

    private static final int RECORDS = 20_000;

    private final Consumer<byte[], byte[]> consumer;
    private final Supplier<TopicIdentity> topic;
    private final DeadLetters deadLetters;
    private final InstantSource clock;
    private DocumentPlace place = DocumentPlace.BEGINNING;

    /** Takes over the consumer; {@code topic} says which topic there is, and may throw a KafkaException. */
    public DocumentsLog(
            Consumer<byte[], byte[]> consumer,
            Supplier<TopicIdentity> topic,
            DeadLetters deadLetters,
            InstantSource clock) {
        this.consumer = consumer;
        this.topic = topic;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    /** Goes to where a version has read up to. */
    public void startFrom(DocumentPlace read) {
        place = read;
    }

    /**
     * What came since, as far as it is there: some twenty thousand records at most. What is no document, or has a text
     * at fault, becomes a dead letter.
     *
     * @param faults why texts cannot be learned from, by their place in the list it is given
     * @throws org.apache.kafka.common.KafkaException when the broker does not answer
     */
    public DocumentChanges read(Function<List<String>, SortedMap<Integer, String>> faults) {
        TopicIdentity there = topic.get();
        boolean anew = !place.topic().equals(Optional.of(there.id()));
        seek(there, anew ? new TreeMap<>() : place.next());
        List<ConsumerRecord<byte[], byte[]>> records = poll();
        SortedMap<Integer, Long> next = new TreeMap<>();
        consumer.assignment().forEach(partition -> next.put(partition.partition(), consumer.position(partition)));
        place = new DocumentPlace(Optional.of(there.id()), next);
        List<Change> changes = changes(records, faults);
        return new DocumentChanges(anew, changes, records.size() - changes.size(), place);
    }

    private void seek(TopicIdentity there, SortedMap<Integer, Long> from) {
        List<TopicPartition> partitions = IntStream.range(0, there.partitions())
                .mapToObj(partition -> new TopicPartition(there.name(), partition))
                .toList();
        consumer.assign(partitions);
        for (TopicPartition partition : partitions) {
            if (from.containsKey(partition.partition())) {
                consumer.seek(partition, from.get(partition.partition()));
            } else {
                consumer.seekToBeginning(List.of(partition));
            }
        }
    }

    /** By when they arrived, so that what is newest does not depend on a partition. */
    private List<ConsumerRecord<byte[], byte[]>> poll() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment(), ANSWER_WITHIN);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        int empty = 0;
        while (records.size() < RECORDS && empty < EMPTY_POLLS && !reached(ends)) {
            int before = records.size();
            consumer.poll(POLL).forEach(records::add);
            empty = records.size() == before ? empty + 1 : 0;
        }
        return ArrivalOrder.of(records);
    }

    private boolean reached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private List<Change> changes(
            List<ConsumerRecord<byte[], byte[]>> records, Function<List<String>, SortedMap<Integer, String>> faults) {
        List<Decoded<Change>> decoded = records.stream().map(this::decoded).toList();
        SortedMap<Integer, String> reasons =
                faults.apply(decoded.stream().flatMap(DocumentsLog::text).toList());
        List<Change> changes = new ArrayList<>();
        int texts = 0;
        for (int i = 0; i < decoded.size(); i++) {
            Decoded<Change> change = decoded.get(i);
            Optional<String> reason =
                    text(change).findAny().isPresent() ? Optional.ofNullable(reasons.get(texts++)) : Optional.empty();
            if (reason.isPresent()) {
                setAside(records.get(i), new Decoded.Invalid<>("text", reason.get()));
            } else if (change instanceof Decoded.Valid<Change> valid) {
                changes.add(valid.event());
            } else {
                setAside(records.get(i), (Decoded.Invalid<Change>) change);
            }
        }
        return changes;
    }

    /** By the record's key, since that is what a compacted topic goes by. */
    private Decoded<Change> decoded(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return new Decoded.Invalid<>("", "must have its id as the record's key");
        }
        String id = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            return new Decoded.Valid<>(new Change(id, Optional.empty()));
        }
        Decoded<Document> document = EventJson.timely(EventJson.readDocument(record.value()), arrived(record));
        if (document instanceof Decoded.Valid<Document> valid) {
            return new Decoded.Valid<>(new Change(id, Optional.of(valid.event().text())));
        }
        Decoded.Invalid<Document> invalid = (Decoded.Invalid<Document>) document;
        return new Decoded.Invalid<>(invalid.field(), invalid.reason());
    }

    /** By its own time, so that it is judged the same whenever it is read; records of the oldest form have none. */
    private Instant arrived(ConsumerRecord<byte[], byte[]> record) {
        return record.timestamp() == ConsumerRecord.NO_TIMESTAMP
                ? clock.instant()
                : Instant.ofEpochMilli(record.timestamp());
    }

    private static Stream<String> text(Decoded<Change> change) {
        return change instanceof Decoded.Valid<Change> valid ? valid.event().text().stream() : Stream.empty();
    }

    private void setAside(ConsumerRecord<byte[], byte[]> record, Decoded.Invalid<Change> why) {
        Origin origin = Origin.of(
                record.topic(),
                record.partition(),
                record.offset(),
                Optional.ofNullable(record.key()),
                Optional.ofNullable(record.value()));
        deadLetters.send(origin.setAside(why.field(), why.reason(), clock.instant()));
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE_WITHIN));
    }
}
