package dev.millrace.admin.audit;

import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Pair;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** A consumer of a topic in memory that can be read from any offset; offsets may have gaps, as transactions leave them. */
final class FakeTopic extends MockConsumer<byte[], byte[]> {
    static final String NAME = "pairs";

    private final List<NavigableMap<Long, byte[]>> log = new ArrayList<>();
    private TopicIdentity identity;

    FakeTopic(int partitions) {
        super("none");
        identity = new TopicIdentity(NAME, "first", partitions);
        IntStream.range(0, partitions).forEach(i -> {
            log.add(new TreeMap<>());
            updateBeginningOffsets(java.util.Map.of(partition(i), 0L));
        });
        Node node = new Node(0, "broker", 1);
        updatePartitions(
                NAME,
                IntStream.range(0, partitions)
                        .mapToObj(i -> new PartitionInfo(NAME, i, node, new Node[0], new Node[0]))
                        .toList());
    }

    static TopicPartition partition(int i) {
        return new TopicPartition(NAME, i);
    }

    static byte[] pair(String id) {
        return EventJson.write(new Pair(
                id,
                "anchor",
                Optional.of("positive"),
                List.of(),
                OptionalDouble.empty(),
                1,
                Optional.empty(),
                "test",
                Instant.EPOCH));
    }

    static byte[] garbage() {
        return "{".getBytes(StandardCharsets.UTF_8);
    }

    /** Appends a record {@code gap} offsets behind the end. */
    void post(int partition, byte[] value, int gap) {
        log.get(partition).put(end(partition) + gap, value);
    }

    long end(int partition) {
        return log.get(partition).isEmpty() ? 0 : log.get(partition).lastKey() + 1;
    }

    NavigableMap<Long, byte[]> records(int partition) {
        return log.get(partition);
    }

    /** Deletes what lies before the offset, as the topic's retention does. */
    void retainFrom(int partition, long offset) {
        log.get(partition).headMap(offset).clear();
        updateBeginningOffsets(java.util.Map.of(partition(partition), offset));
    }

    /** Deleted and made again: empty, and of another id. */
    void makeAnew() {
        log.forEach(NavigableMap::clear);
        identity = new TopicIdentity(NAME, identity.id() + "x", log.size());
    }

    TopicIdentity identity() {
        return identity;
    }

    /** Ready to be read to the ends it has now. */
    AuditedTopic open() {
        IntStream.range(0, log.size()).forEach(i -> updateEndOffsets(java.util.Map.of(partition(i), end(i))));
        return new AuditedTopic(this, identity, Duration.ofSeconds(5));
    }

    @Override
    public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        assignment().stream().filter(partition -> !paused().contains(partition)).forEach(this::offer);
        return super.poll(timeout);
    }

    private void offer(TopicPartition partition) {
        log.get(partition.partition())
                .tailMap(position(partition))
                .forEach((offset, value) ->
                        addRecord(new ConsumerRecord<>(NAME, partition.partition(), offset, new byte[0], value)));
    }
}
