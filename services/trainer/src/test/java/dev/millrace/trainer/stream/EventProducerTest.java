package dev.millrace.trainer.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.events.record.CheckpointEvent;
import dev.millrace.events.record.DeadLetter;
import dev.millrace.events.record.Origin;
import dev.millrace.events.topic.TopicLimits;
import dev.millrace.events.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class EventProducerTest {
    private static final DeadLetter LETTER =
            new DeadLetter("is required", Optional.of("id"), "t.pairs", 0, 7, Optional.empty(), "", Instant.EPOCH);

    private TopicLimits limits = TopicLimits.UNKNOWN;
    private final MockProducer<byte[], byte[]> broker = new MockProducer<>(
            false, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
    private final EventProducer events = new EventProducer(broker, new Topics("t."), () -> limits);

    @Test
    void lettersAreSentWithoutWaitingForTheBroker() {
        // When
        events.send(LETTER);
        events.send(LETTER);

        // Then
        assertThat(broker.history())
                .extracting(ProducerRecord::topic)
                .containsExactly("t.dead-letters", "t.dead-letters");
        assertThat(broker.flushed()).isFalse();
        events.awaitKept();
        assertThat(broker.flushed()).isTrue();
    }

    @Test
    void whoWaitsIsToldOnceOfALetterThatWasNotKept() {
        // Given
        events.send(LETTER);
        events.send(LETTER);
        broker.errorNext(new RecordTooLargeException("too large"));
        broker.completeNext();

        // When
        assertThatThrownBy(events::awaitKept)
                // Then
                .isInstanceOf(KafkaException.class)
                .hasCauseInstanceOf(RecordTooLargeException.class);
        assertThatCode(events::awaitKept).doesNotThrowAnyException();
    }

    @Test
    void afterALetterThatWasNotKeptNoneIsSentBeforeItIsTold() {
        // Given
        events.send(LETTER);
        broker.errorNext(new RecordTooLargeException("too large"));

        // When
        assertThatThrownBy(() -> events.send(LETTER))
                // Then
                .hasCauseInstanceOf(RecordTooLargeException.class);
        assertThat(broker.history()).hasSize(1);
    }

    @Test
    void aLetterIsCutToWhatItsTopicTakes() {
        // Given
        limits = new TopicLimits(Map.of("t.dead-letters", 1_048_588));

        // When
        events.send(large());

        // Then
        assertThat(sizes()).singleElement().satisfies(size -> assertThat(size).isBetween(1_048_400, 1_048_492));
    }

    @Test
    void aLetterThatTheTopicRefusesAllTheSameIsCutAgainUntilItIsKept() {
        // Given a topic that takes less than is known
        events.send(large());
        broker.errorNext(new RecordTooLargeException("too large"));

        // When
        events.send(LETTER);

        // Then
        assertThat(sizes()).hasSize(3);
        assertThat(sizes().get(1)).isBetween(sizes().get(0) / 2 - 4, sizes().get(0) / 2);
        assertThatCode(events::awaitKept).doesNotThrowAnyException();
    }

    @Test
    void aTopicThatTakesNoLetterAtAllIsNamed() {
        // Given
        events.send(LETTER);
        broker.errorNext(new RecordTooLargeException("too large"));

        // When
        assertThatThrownBy(events::awaitKept)
                // Then
                .hasMessageContaining("t.dead-letters");
    }

    private List<Integer> sizes() {
        return broker.history().stream().map(sent -> sent.value().length).toList();
    }

    private static DeadLetter large() {
        final byte[] garbage = "x".repeat(900_000).getBytes(StandardCharsets.UTF_8);
        return Origin.of("t.pairs", 0, 7, Optional.empty(), Optional.of(garbage))
                .setAside("", "is bad", Instant.EPOCH);
    }

    @Test
    void anAnnouncementIsAcknowledgedWhenItReturns() {
        // Given
        MockProducer<byte[], byte[]> prompt = new MockProducer<>(
                true, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
        CheckpointEvent moved = new CheckpointEvent("stable", "v000001-00000000", "space", Instant.EPOCH);

        // When
        new EventProducer(prompt, new Topics("t."), () -> limits).announce(moved);

        // Then
        assertThat(prompt.history()).singleElement().satisfies(record -> {
            assertThat(record.topic()).isEqualTo("t.checkpoints");
            assertThat(record.key()).asString().isEqualTo("stable");
        });
    }
}
