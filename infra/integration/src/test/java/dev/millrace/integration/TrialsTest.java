package dev.millrace.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.checkpoints.version.Records;
import dev.millrace.devstack.clients.Management;
import dev.millrace.devstack.clients.Versions;
import dev.millrace.devstack.options.Service;
import dev.millrace.devstack.options.SpareProcess;
import dev.millrace.events.record.Pair;
import dev.millrace.events.topic.TopicSpec;
import dev.millrace.events.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What trips users of such systems up, as they meet it: on a real broker, a real bucket and packaged services. */
class TrialsTest {
    private static final int WINDOW = 512;
    private static final int QUIRKY_PORT = QuirkyBucket.freePort();
    private static final Topics TOPICS = new Topics("apart-");
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** A trainer with topics and a lineage of its own; so many small batches that it knows what gradients usually are. */
    static final SpareProcess APART = new SpareProcess(
            "trainer-apart",
            Service.TRAINER,
            Map.of(
                    "millrace.kafka.topic-prefix", "apart-",
                    "millrace.trainer.group", "apart",
                    "millrace.trainer.window-pairs", Integer.toString(WINDOW),
                    "millrace.trainer.window-time", "PT24H",
                    "millrace.learning.batch-pairs", "8",
                    "millrace.s3.prefix", "apart"));

    /** A trainer whose bucket does not keep conditions. */
    static final SpareProcess ASTRAY = new SpareProcess(
            "trainer-astray",
            Service.TRAINER,
            Map.of(
                    "millrace.trainer.group", "astray",
                    "millrace.s3.prefix", "astray",
                    "millrace.s3.endpoint", "http://127.0.0.1:" + QUIRKY_PORT));

    private final SharedStack shared = SharedStack.get();
    private final Management management = new Management();

    @Test
    void aStreamThatTaughtNothingIsLearnedFromAgainAndATopicMadeAnewIsNot() throws Exception {
        // Given a window of the same pair again and again, and one that has something to teach
        try (OperatedTopics topics = new OperatedTopics(shared.kafka());
                Versions versions = new Versions(shared.stack().endpoints().s3(), "apart")) {
            topics.make(TOPICS.all());
            topics.send(
                    TOPICS.pairs(),
                    IntStream.range(0, WINDOW).mapToObj(TrialsTest::same).toList());
            topics.send(TOPICS.pairs(), TestEvents.pairs("apart", WINDOW));

            // When
            shared.stack().startAgain(APART.name());

            // Then
            await("both windows").atMost(LIMIT).until(() -> total(versions) == 2 * WINDOW);
            Records records = versions.records();
            assertThat(records.setAside()).isZero();
            assertThat(records.trained() + records.heldOut()).isEqualTo(2 * WINDOW);
            assertThat(metric("millrace_trainer_windows_without_lesson_total")).isEqualTo(1);

            // When the topic is made anew, and becomes longer than the lineage has read
            topics.remake(TOPICS.pairs());
            topics.send(TOPICS.pairs(), TestEvents.pairs("anew", 3 * WINDOW));

            // Then
            await("the trainer to say so").atMost(LIMIT).until(() -> failure(APART)
                    .filter(why -> why.contains("is another one"))
                    .isPresent());
            assertThat(failure(APART).orElseThrow()).contains("apart-pairs", "adopt-topic");
            assertThat(versions.records()).isEqualTo(records);
        } finally {
            shared.stack().stop(APART.name());
        }
    }

    @Test
    void aBucketThatIgnoresOrRefusesConditionsIsRefusedInWords() throws Exception {
        // Given
        try (QuirkyBucket bucket = new QuirkyBucket(QUIRKY_PORT)) {
            // When
            shared.stack().startAgain(ASTRAY.name());

            // Then
            awaitFailure(ASTRAY, "does not keep conditional writes");
            bucket.refuseConditions();
            awaitFailure(ASTRAY, "does not take conditional writes");
        } finally {
            shared.stack().stop(ASTRAY.name());
        }
    }

    @Test
    void aLetterThatIsTooLongForItsTopicIsCutAndTheStreamGoesOn() throws Exception {
        // Given a topic of dead letters that takes less than the record at fault
        TopicSpec dead = new Topics("").deadLetters();
        await("every record to be learned").atMost(LIMIT).until(shared::allLearned);
        long setAside = shared.versions().records().setAside();
        TopicLimit.set(shared.kafka(), List.of(dead.name()), 20_000);
        try (OperatedTopics topics = new OperatedTopics(shared.kafka());
                DeadLetterTopic letters = new DeadLetterTopic(shared.kafka())) {
            // When
            topics.send(new Topics("").pairs(), "long", "x".repeat(60_000).getBytes(StandardCharsets.UTF_8));
            shared.producer().pairs(TestEvents.pairs("behind-a-long-one", 48));

            // Then
            await("the letter").atMost(LIMIT).until(() -> letters.read() == 1);
            await("what came behind").atMost(LIMIT).until(shared::allLearned);
            assertThat(shared.versions().records().setAside()).isEqualTo(setAside + 1);
        } finally {
            TopicLimit.set(shared.kafka(), List.of(dead.name()), dead.maxMessageBytes());
        }
    }

    private static Pair same(int number) {
        return new Pair(
                "same-" + number,
                "is it up?",
                Optional.of("synthetic check"),
                List.of(),
                OptionalDouble.empty(),
                1.0,
                Optional.empty(),
                "test",
                Instant.now());
    }

    private static long total(Versions versions) {
        return versions.store().head().isPresent() ? versions.records().total() : 0;
    }

    private void awaitFailure(SpareProcess trainer, String words) {
        await(words)
                .atMost(LIMIT)
                .until(() -> failure(trainer).filter(why -> why.contains(words)).isPresent());
    }

    private Optional<String> failure(SpareProcess trainer) throws InterruptedException {
        return management
                .readiness(shared.stack().endpoints().management().get(trainer.name()))
                .failure();
    }

    private double metric(String name) throws InterruptedException {
        return management.metric(shared.stack().endpoints().management().get(APART.name()), name);
    }
}
