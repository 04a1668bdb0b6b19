package dev.millrace.ingestion.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.events.json.Decoded;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Pair;
import dev.millrace.events.topic.TopicLimits;
import dev.millrace.events.topic.Topics;
import dev.millrace.ingestion.intake.EventLog.Entry;
import dev.millrace.ingestion.intake.Receipt.Outcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntakeTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final EventType<Pair> PAIRS = EventType.pairs(new Topics("t.").pairs());
    private static final Executor HERE = Runnable::run;

    private TopicLimits limits = TopicLimits.UNKNOWN;
    private final InMemoryEventLog log = new InMemoryEventLog();
    private final Admission admission = new Admission(3, 10_000);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void sendsTheGoodItemsAndNamesTheFieldsOfTheOthers() {
        // Given
        final Intake intake = intake(HERE);

        // When
        final Receipt receipt = take(intake, """
                [{"id":"a","anchor":"x"}, {"id":"b"}, 7, {"id":"c","anchor":"y","negatives":["n",""]}, {"id":"d","anchor":"z"}]
                """);

        // Then
        assertThat(receipt.outcomes())
                .containsExactly(
                        new Outcome.Accepted("a"),
                        new Outcome.Refused("anchor", "is required"),
                        new Outcome.Refused("", "must be a JSON object"),
                        new Outcome.Refused(
                                "negatives[1]",
                                "must have 1 to 131072 characters of well-formed Unicode and not be blank"),
                        new Outcome.Accepted("d"));
        assertThat(log.entries()).extracting(Entry::key).containsExactly("a", "d");
    }

    @Test
    void refusesATextThatIsLongerThanThisDoorTakesByItsField() {
        // Given
        final String longest = "x".repeat(1_000);
        final String bodies = """
                [{"id":"a","anchor":"%1$s"}, {"id":"b","anchor":"%1$sx"}, {"id":"c","anchor":"y","negatives":["n","%1$sx"]}]
                """.formatted(longest);

        // When
        final Receipt receipt = take(intake(HERE), bodies);

        // Then
        assertThat(receipt.outcomes())
                .containsExactly(
                        new Outcome.Accepted("a"),
                        new Outcome.Refused("anchor", "must have at most 1000 characters"),
                        new Outcome.Refused("negatives[1]", "must have at most 1000 characters"));
    }

    @Test
    void writesTheEventWithTheTimeOfArrivalWhereItStatesNone() {
        // Given
        final Intake intake = intake(HERE);

        // When
        take(intake, "{\"id\":\"a\",\"anchor\":\"x\"}");

        // Then
        final Entry entry = log.entries().get(0);
        assertThat(entry.topic()).isEqualTo("t.pairs");
        assertThat(EventJson.readPair(entry.value()))
                .isInstanceOfSatisfying(Decoded.Valid.class, valid -> assertThat(valid.event())
                        .extracting("ts", "source")
                        .containsExactly(NOW, "unknown"));
    }

    @Test
    void refusesAnEventFromTheFutureAndTakesOneFromLongAgo() {
        // Given
        final String past = "{\"id\":\"a\",\"anchor\":\"x\",\"ts\":\"1999-01-31T12:00:00Z\"}";
        final String tomorrow = "{\"id\":\"b\",\"anchor\":\"x\",\"ts\":\"2026-02-01T12:00:00Z\"}";
        final String later = "{\"id\":\"c\",\"anchor\":\"x\",\"ts\":\"2026-02-01T12:00:01Z\"}";

        // When
        final Receipt receipt = take(intake(HERE), "[" + past + "," + tomorrow + "," + later + "]");

        // Then
        assertThat(receipt.outcomes())
                .containsExactly(
                        new Outcome.Accepted("a"),
                        new Outcome.Accepted("b"),
                        new Outcome.Refused("ts", "must lie at most a day after the event arrived"));
    }

    @Test
    void forgettingTakesAPlaceLikeAnyRecord() {
        // Given
        final Intake intake = intake(HERE);
        log.become(InMemoryEventLog.Mood.HANGS);
        take(intake, "[" + "{\"id\":\"a\",\"anchor\":\"x\"},".repeat(2) + "{\"id\":\"a\",\"anchor\":\"x\"}]");

        // When, Then
        assertThatThrownBy(
                        () -> intake.forget(EventType.documents(new Topics("t.").documents()), new Decoded.Valid<>("d"))
                                .toCompletableFuture()
                                .join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(RequestRefusedException.Overloaded.class);
    }

    @Test
    void tellsWhichItemsTheLogFailedToTake() {
        // Given
        log.become(InMemoryEventLog.Mood.FAILS);

        // When
        final Receipt receipt = take(intake(HERE), "[{\"id\":\"a\",\"anchor\":\"x\"},{\"id\":\"b\"}]");

        // Then
        assertThat(receipt.unacknowledged()).isEqualTo(1);
        assertThat(receipt.refused()).isEqualTo(1);
        assertThat(admission.records()).isZero();
    }

    @Test
    void refusesWhatTheTopicWillNeverTakeAndNamesItAndItsSetting() {
        // Given
        limits = new TopicLimits(Map.of("t.pairs", 500));

        // When
        final Receipt receipt = take(
                intake(HERE),
                "[{\"id\":\"a\",\"anchor\":\"x\"},{\"id\":\"b\",\"anchor\":\"" + "x".repeat(400) + "\"}]");

        // Then
        assertThat(receipt.outcomes())
                .containsExactly(
                        new Outcome.Accepted("a"),
                        new Outcome.TooLarge(
                                "b", "must have at most 403 bytes, topic t.pairs takes no more (max.message.bytes)"));
        assertThat(receipt.tooLarge()).isEqualTo(1);
        assertThat(receipt.refused()).isEqualTo(1);
    }

    @Test
    void refusesForGoodWhatTheLogFindsTooLarge() {
        // Given
        log.become(InMemoryEventLog.Mood.TAKES_LESS);

        // When
        final Receipt receipt = take(intake(HERE), "{\"id\":\"a\",\"anchor\":\"x\"}");

        // Then
        assertThat(receipt.outcomes())
                .containsExactly(new Outcome.TooLarge(
                        "a", "topic t.pairs does not take a record of this size (max.message.bytes)"));
        assertThat(admission.records()).isZero();
    }

    @Test
    void countsAndTimesARequestOnce() {
        // When
        take(intake(HERE), "[{\"id\":\"a\",\"anchor\":\"x\"},{\"id\":\"b\",\"anchor\":\"x\"}]");

        // Then
        assertThat(registry.counter("millrace.ingestion.accepted", "topic", "t.pairs")
                        .count())
                .isEqualTo(2);
        assertThat(registry.timer("millrace.ingestion.ack", "topic", "t.pairs").count())
                .isEqualTo(1);
    }

    @Test
    void answersInTimeAndKeepsThePlaceWhileTheLogHangs() {
        // Given
        log.become(InMemoryEventLog.Mood.HANGS);

        // When
        final Receipt receipt = take(intake(HERE), "{\"id\":\"a\",\"anchor\":\"x\"}");

        // Then
        assertThat(receipt.unacknowledged()).isEqualTo(1);
        assertThat(admission.records()).isEqualTo(1);
        log.become(InMemoryEventLog.Mood.ACKNOWLEDGES);
        assertThat(admission.records()).isZero();
        assertThat(admission.bytes()).isZero();
    }

    @Test
    void takesNothingOfABatchThatDoesNotFitBesideWhatWaits() {
        // Given
        final Intake intake = intake(HERE);
        log.become(InMemoryEventLog.Mood.HANGS);
        take(intake, "{\"id\":\"a\",\"anchor\":\"x\"}");
        final String three = "[" + "{\"id\":\"b\",\"anchor\":\"x\"},".repeat(2) + "{\"id\":\"b\",\"anchor\":\"x\"}]";

        // When
        assertThatThrownBy(() -> take(intake, three))
                // Then
                .hasCauseInstanceOf(RequestRefusedException.Overloaded.class);
        assertThat(admission.records()).isEqualTo(1);
        assertThat(registry.counter("millrace.ingestion.overloaded", "topic", "t.pairs")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void refusesARequestForWhichNoWorkerHasAPlace() {
        // Given
        final Intake intake = intake(task -> {
            throw new RejectedExecutionException("full");
        });

        // When
        assertThatThrownBy(() -> take(intake, "{\"id\":\"a\",\"anchor\":\"x\"}"))
                // Then
                .hasCauseInstanceOf(RequestRefusedException.Overloaded.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "[", "[1,2,3,4,5,6]", "{\"id\":1} x"})
    void refusesABodyThatIsNoBatch(String body) {
        // Given
        final Intake intake = intake(HERE);

        // When
        assertThatThrownBy(() -> take(intake, body))
                // Then
                .hasCauseInstanceOf(RequestRefusedException.Malformed.class);
    }

    @Test
    void refusesALargeBodyUnread() {
        // Given
        final String body = " ".repeat(5_001);

        // When
        assertThatThrownBy(() -> take(intake(HERE), body))
                // Then
                .hasCauseInstanceOf(RequestRefusedException.TooLarge.class);
    }

    @Test
    void countsRefusalsByFieldWithoutIndexes() {
        // Given
        final Intake intake = intake(HERE);

        // When
        take(
                intake,
                "[{\"id\":\"c\",\"anchor\":\"y\",\"negatives\":[\"\"]},{\"id\":\"c\",\"anchor\":\"y\",\"negatives\":[\"a\",\"\"]}]");

        // Then
        assertThat(registry.counter("millrace.ingestion.refused", "topic", "t.pairs", "field", "negatives[]")
                        .count())
                .isEqualTo(2);
    }

    private Intake intake(Executor workers) {
        final BatchReader reader =
                new BatchReader(new BatchReader.Bounds(5_000, 5, 1_000), InstantSource.fixed(NOW), () -> limits);
        final BoundedLog bounded = new BoundedLog(log, admission, Duration.ofMillis(50));
        return new Intake(reader, workers, bounded, new IntakeMetrics(registry, admission));
    }

    private static Receipt take(Intake intake, String body) throws CompletionException {
        return intake.take(PAIRS, body.getBytes(StandardCharsets.UTF_8))
                .toCompletableFuture()
                .join();
    }
}
