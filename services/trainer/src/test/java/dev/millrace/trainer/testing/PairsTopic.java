package dev.millrace.trainer.testing;

import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Pair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A consumer of a topic that keeps its records, so that they can be read again from any offset. */
public final class PairsTopic extends MockConsumer<byte[], byte[]> {
    /** When every record was put there. */
    public static final Instant ARRIVED = Instant.parse("2026-01-01T00:00:00Z");

    /** As the broker knows it. */
    public static final TopicIdentity IDENTITY = new TopicIdentity("pairs", "topic-1", 2);

    private static final String NAME = "pairs";
    private static final long IDLE_NANOS = 1_000_000;

    private boolean thrownOut;
    private final Map<TopicPartition, List<byte[]>> log = new TreeMap<>((a, b) -> a.partition() - b.partition());

    public PairsTopic(int partitions) {
        super("none");
        IntStream.range(0, partitions).forEach(i -> log.put(partition(i), new ArrayList<>()));
        updateBeginningOffsets(log.keySet().stream().collect(Collectors.toMap(p -> p, p -> 0L)));
    }

    public static TopicPartition partition(int i) {
        return new TopicPartition(NAME, i);
    }

    public synchronized void post(int partition, byte[] value) {
        log.get(partition(partition)).add(value);
    }

    public void post(int partition, Pair pair) {
        post(partition, EventJson.write(pair));
    }

    /** Assigns these partitions at the next poll, as a coordinator would. */
    public void assign(int... partitions) {
        List<TopicPartition> assigned =
                IntStream.of(partitions).mapToObj(PairsTopic::partition).toList();
        schedulePollTask(() -> rebalance(assigned));
    }

    /** From now on this consumer is in no group, until it polls. */
    public synchronized void throwOut() {
        thrownOut = true;
    }

    @Override
    public synchronized List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
        return log.keySet().stream()
                .map(partition -> new PartitionInfo(
                        partition.topic(), partition.partition(), Node.noNode(), new Node[0], new Node[0]))
                .toList();
    }

    @Override
    public synchronized Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions, Duration timeout) {
        return partitions.stream().collect(Collectors.toMap(partition -> partition, partition ->
                (long) log.get(partition).size()));
    }

    @Override
    public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (thrownOut) {
            throw new CommitFailedException();
        }
        super.commitSync(offsets);
    }

    @Override
    public synchronized void commitAsync(
            Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
        if (thrownOut) {
            callback.onComplete(offsets, new CommitFailedException());
        } else {
            super.commitAsync(offsets, callback);
        }
    }

    @Override
    public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        thrownOut = false;
        assignment().forEach(this::offer);
        ConsumerRecords<byte[], byte[]> polled = super.poll(timeout);
        if (polled.isEmpty()) {
            LockSupport.parkNanos(Math.min(IDLE_NANOS, timeout.toNanos()));
        }
        return polled;
    }

    private synchronized void offer(TopicPartition partition) {
        List<byte[]> values = log.get(partition);
        for (int i = (int) position(partition); i < values.size(); i++) {
            byte[] key = ("key-" + i).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            addRecord(new ConsumerRecord<>(
                    NAME,
                    partition.partition(),
                    i,
                    ARRIVED.toEpochMilli(),
                    TimestampType.CREATE_TIME,
                    key.length,
                    values.get(i).length,
                    key,
                    values.get(i),
                    new RecordHeaders(),
                    Optional.empty()));
        }
    }
}
