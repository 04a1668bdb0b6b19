package dev.millrace.ingestion.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.ingestion.intake.EventLog.Entry;
import dev.millrace.ingestion.intake.EventLog.TooLargeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class KafkaEventLogTest {
    private static final Entry ENTRY = new Entry("pairs", "p-1", "{}".getBytes(StandardCharsets.UTF_8));
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final MockProducer<String, byte[]> producer = producer(true);

    @Test
    void completesOnceTheBrokerHasAcknowledged() throws Exception {
        // Given
        try (KafkaEventLog log = new KafkaEventLog(() -> producer, PATIENCE, KafkaEventLogTest::told)) {

            // When
            append(log).get(10, TimeUnit.SECONDS);
        }

        // Then
        assertThat(producer.history()).singleElement().satisfies(sent -> {
            assertThat(sent.topic()).isEqualTo("pairs");
            assertThat(sent.key()).isEqualTo("p-1");
            assertThat(sent.timestamp()).as("the producer states the present").isNull();
            assertThat(sent.value()).isEqualTo(ENTRY.value());
        });
    }

    @Test
    void anEntryWithoutAValueIsARecordWithoutOne() throws Exception {
        // Given
        try (KafkaEventLog log = new KafkaEventLog(() -> producer, PATIENCE, KafkaEventLogTest::told)) {

            // When
            log.append(List.of(new Entry("documents", "d-1", new byte[0])))
                    .get(0)
                    .get(10, TimeUnit.SECONDS);
        }

        // Then
        assertThat(producer.history()).singleElement().satisfies(sent -> {
            assertThat(sent.key()).isEqualTo("d-1");
            assertThat(sent.value()).isNull();
        });
    }

    @Test
    void waitsForABrokerWhoseNameIsNotKnownYet() throws Exception {
        // Given
        final AtomicBoolean known = new AtomicBoolean();
        final Supplier<Producer<String, byte[]>> producers = () -> known.get() ? producer : unresolvable();
        try (KafkaEventLog log = new KafkaEventLog(producers, PATIENCE, KafkaEventLogTest::told)) {
            final CompletableFuture<Void> early = append(log);
            assertThat(early).failsWithin(PATIENCE);
            known.set(true);

            // When
            append(log).get(10, TimeUnit.SECONDS);
        }

        // Then
        assertThat(producer.history()).hasSize(1);
    }

    @Test
    void aBadSettingStopsTheStart() {
        // Given
        final Map<String, Object> bad = Map.of("bootstrap.servers", "broker:none");

        // When, Then
        assertThatThrownBy(() -> new KafkaEventLog(() -> made(bad), PATIENCE, KafkaEventLogTest::told))
                .isInstanceOf(KafkaException.class);
    }

    private static Producer<String, byte[]> unresolvable() {
        return made(Map.of("bootstrap.servers", "no-such-broker.invalid:9092"));
    }

    private static Producer<String, byte[]> made(Map<String, Object> settings) {
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    @Test
    void failsWhenTheBrokerRefuses() {
        // Given
        final MockProducer<String, byte[]> refusing = producer(false);
        final CompletableFuture<Void> appended;
        try (KafkaEventLog log = new KafkaEventLog(() -> refusing, PATIENCE, KafkaEventLogTest::told)) {
            appended = append(log);
        }

        // When
        refusing.errorNext(new NotEnoughReplicasException("1 of 2"));

        // Then
        assertThatThrownBy(appended::join).hasCauseInstanceOf(NotEnoughReplicasException.class);
    }

    @Test
    void failsWhenSendingItselfThrows() {
        // Given
        producer.sendException = new TimeoutException("no metadata");
        try (KafkaEventLog log = new KafkaEventLog(() -> producer, PATIENCE, KafkaEventLogTest::told)) {

            // When
            final CompletableFuture<Void> appended = append(log);

            // Then
            assertThatThrownBy(appended::join).hasCauseInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void dropsAnEntryWhoseCallerHasBeenAnsweredAlready() {
        // Given
        try (KafkaEventLog log = new KafkaEventLog(() -> producer, Duration.ofNanos(-1), KafkaEventLogTest::told)) {

            // When
            final CompletableFuture<Void> appended = append(log);

            // Then
            assertThatThrownBy(appended::join).hasCauseInstanceOf(TimeoutException.class);
            assertThat(producer.history()).isEmpty();
        }
    }

    @Test
    void saysThatTheTopicDoesNotTakeARecordOfThisSize() {
        // Given
        final List<String> told = new ArrayList<>();
        final MockProducer<String, byte[]> refusing = producer(false);
        final CompletableFuture<Void> appended;
        try (KafkaEventLog log = new KafkaEventLog(() -> refusing, PATIENCE, told::add)) {
            appended = append(log);
        }

        // When
        refusing.errorNext(new RecordTooLargeException("1048600"));

        // Then
        assertThatThrownBy(appended::join).hasCauseInstanceOf(TooLargeException.class);
        assertThat(told).as("the broker is well").isEmpty();
    }

    @Test
    void settlesTheEntryWhateverIsThrownWhileTheFailureIsTold() {
        // Given
        final MockProducer<String, byte[]> refusing = producer(false);
        final CompletableFuture<Void> appended;
        try (KafkaEventLog log = new KafkaEventLog(() -> refusing, PATIENCE, words -> {
            throw new IllegalStateException("the log is full");
        })) {
            appended = append(log);
        }

        // When
        assertThatThrownBy(() -> refusing.errorNext(new NotEnoughReplicasException("1 of 2")))
                // Then
                .hasMessage("the log is full");
        assertThatThrownBy(appended::join).hasCauseInstanceOf(NotEnoughReplicasException.class);
    }

    @Test
    void settlesWhatIsAppendedAfterTheEnd() {
        // Given
        final KafkaEventLog log = new KafkaEventLog(() -> producer, PATIENCE, KafkaEventLogTest::told);
        log.close();

        // When
        final CompletableFuture<Void> appended = append(log);

        // Then
        assertThatThrownBy(appended::join).hasCauseInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void settlesWhatAProducerThatIsBrokenNeverSent() {
        // Given
        producer.sendException = new IllegalStateException("closed");
        try (KafkaEventLog log = new KafkaEventLog(() -> producer, PATIENCE, KafkaEventLogTest::told)) {

            // When
            final CompletableFuture<Void> appended = append(log);

            // Then
            assertThatThrownBy(appended::join).hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    private static CompletableFuture<Void> append(KafkaEventLog log) {
        return log.append(List.of(ENTRY)).get(0);
    }

    private static MockProducer<String, byte[]> producer(boolean acknowledging) {
        return new MockProducer<>(
                acknowledging, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
    }

    private static void told(String words) {
        assertThat(words).isNotBlank();
    }
}
