package dev.millrace.trainer.testing;

import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Document;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A consumer of a documents topic that keeps its records, so that they can be read again from any offset. */
public final class DocumentsTopic extends MockConsumer<byte[], byte[]> {
    /** As the broker knows it. */
    public static final TopicIdentity IDENTITY = new TopicIdentity("documents", "topic-2", 2);

    private final List<List<Entry>> partitions = IntStream.range(0, 2)
            .mapToObj(i -> (List<Entry>) new ArrayList<Entry>())
            .toList();

    private record Entry(long arrived, Optional<byte[]> key, Optional<byte[]> value) {}

    public DocumentsTopic() {
        super("earliest");
        updateBeginningOffsets(
                IntStream.range(0, 2).boxed().collect(Collectors.toMap(DocumentsTopic::partition, i -> 0L)));
        updateEnds();
    }

    private static TopicPartition partition(int i) {
        return new TopicPartition(IDENTITY.name(), i);
    }

    /** Of the oldest form, without a time. */
    public void write(int partition, String id, String text) {
        post(partition, Optional.of(id), Optional.of(document(id, text)));
    }

    /** Arrived so many milliseconds after 1970. */
    public void write(int partition, long arrived, String id, String text) {
        post(partition, arrived, Optional.of(id), Optional.of(document(id, text)));
    }

    private static byte[] document(String id, String text) {
        return EventJson.write(new Document(id, text, Instant.EPOCH));
    }

    public void delete(int partition, String id) {
        post(partition, Optional.of(id), Optional.empty());
    }

    /** Arrived so many milliseconds after 1970. */
    public void delete(int partition, long arrived, String id) {
        post(partition, arrived, Optional.of(id), Optional.empty());
    }

    public void post(int partition, Optional<String> key, Optional<byte[]> value) {
        post(partition, ConsumerRecord.NO_TIMESTAMP, key, value);
    }

    private synchronized void post(int partition, long arrived, Optional<String> key, Optional<byte[]> value) {
        partitions.get(partition).add(new Entry(arrived, key.map(id -> id.getBytes(StandardCharsets.UTF_8)), value));
        updateEnds();
    }

    private void updateEnds() {
        updateEndOffsets(IntStream.range(0, 2).boxed().collect(Collectors.toMap(DocumentsTopic::partition, i ->
                (long) partitions.get(i).size())));
    }

    @Override
    public synchronized Map<TopicPartition, Long> endOffsets(
            java.util.Collection<TopicPartition> asked, Duration timeout) {
        return endOffsets(asked);
    }

    @Override
    public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        assignment().forEach(this::offer);
        return super.poll(timeout);
    }

    private void offer(TopicPartition partition) {
        List<Entry> entries = partitions.get(partition.partition());
        for (int i = (int) position(partition); i < entries.size(); i++) {
            addRecord(record(partition, i, entries.get(i)));
        }
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, int offset, Entry entry) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                entry.arrived(),
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                entry.key().orElse(null),
                entry.value().orElse(null),
                new RecordHeaders(),
                Optional.empty());
    }
}
