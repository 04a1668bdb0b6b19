package dev.millrace.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.encoder.versions.follow.CheckpointListener;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.CheckpointEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CheckpointListenerTest {
    private static final String TOPIC = "checkpoints";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("latest");
    private final AtomicInteger woken = new AtomicInteger();
    private final AtomicInteger consumers = new AtomicInteger();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CheckpointListener listener = new CheckpointListener(
            this::connect, TOPIC, "stable", woken::incrementAndGet, new EncoderMetrics(meters, () -> 0, () -> 0));

    private MockConsumer<String, byte[]> connect() {
        if (consumers.incrementAndGet() == 1) {
            throw new KafkaException("no broker yet");
        }
        return consumer;
    }

    @BeforeEach
    void start() {
        consumer.updatePartitions(TOPIC, List.of(new PartitionInfo(TOPIC, 0, Node.noNode(), new Node[0], new Node[0])));
        consumer.updateEndOffsets(Map.of(PARTITION, 0L));
        listener.start();
        Await.until(() -> consumer.assignment().contains(PARTITION));
        Await.until(() -> woken.get() == 1);
    }

    @AfterEach
    void stop() throws InterruptedException {
        listener.stop();
    }

    @Test
    void theChannelsMoveWakesAndOtherRecordsDoNot() {
        // Given
        final byte[] otherChannel = EventJson.write(event("candidate"));
        final byte[] noEvent = "{".getBytes(StandardCharsets.UTF_8);

        // When
        consumer.schedulePollTask(() -> {
            consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, 0, "candidate", otherChannel));
            consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, 1, "stable", noEvent));
            consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, 2, "stable", null));
        });
        Await.until(() -> consumer.position(PARTITION) == 3);
        consumer.schedulePollTask(() ->
                consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, 3, "stable", EventJson.write(event("stable")))));

        // Then
        Await.until(() -> woken.get() == 2);
        assertThat(consumers).hasValue(2);
        assertThat(meters.counter("millrace.encoder.ignored.announcements").count())
                .isEqualTo(2);
    }

    private static CheckpointEvent event(String channel) {
        return new CheckpointEvent(channel, "v000001-00000000", "space", Instant.EPOCH);
    }
}
