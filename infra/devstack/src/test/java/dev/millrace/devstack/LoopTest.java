package dev.millrace.devstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.version.Records;
import dev.millrace.devstack.clients.EncoderProbe;
import dev.millrace.devstack.clients.PairsTopic;
import dev.millrace.devstack.clients.PatientProducer;
import dev.millrace.devstack.clients.Versions;
import dev.millrace.devstack.options.Service;
import dev.millrace.devstack.process.Await;
import dev.millrace.devstack.process.Screen;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The loop runs, and goes on where it was when it is interrupted; infra/chaos kills every part of it. */
class LoopTest {
    private static final int COUNT = 96;
    private static final Await AWAIT = new Await(Screen.stdout(), Duration.ofMinutes(3));

    @AutoClose
    private static DevStack stack;

    @AutoClose
    private static Versions versions;

    private static PatientProducer producer;
    private static EncoderProbe probe;

    @BeforeAll
    static void start() {
        stack = DevStack.start(
                TestStack.options("loop")
                        .withSetting(Service.TRAINER, "millrace.trainer.window-pairs", "48")
                        .withSetting(Service.TRAINER, "millrace.trainer.window-time", "PT2S")
                        .withSetting(Service.ATTRIBUTION, "millrace.attribution.window", "PT2S"),
                Screen.stdout());
        versions = new Versions(stack.endpoints().s3());
        producer = new PatientProducer(stack.endpoints().ingestion(), AWAIT);
        probe = new EncoderProbe(stack.endpoints().encoder());
    }

    @Test
    void postedPairsBecomeAVersionThatIsServed() {
        // Given
        String before = versions.stable();

        // When
        producer.pairs(TestEvents.pairs("loop", COUNT));

        // Then
        awaitAllLearned();
        AWAIT.until(() -> "a version after " + before + " to be served", () -> probe.servedVersion()
                .filter(served -> !served.equals(before))
                .isPresent());
        assertEveryRecordIsAccountedFor();
    }

    @Test
    void aTrainerKilledRightAfterAVersionGoesOnFromIt() {
        // Given
        String before = versions.head();
        producer.pairs(TestEvents.pairs("again", COUNT));
        AWAIT.until(() -> "the next version", () -> !versions.head().equals(before));

        // When
        stack.kill("trainer");

        // Then
        stack.awaitReady();
        awaitAllLearned();
        assertEveryRecordIsAccountedFor();
    }

    @Test
    void everyClickBecomesOnePairThoughAttributionIsKilled() {
        // Given
        List<String> expected = IntStream.range(0, COUNT)
                .mapToObj(number -> "click:search-" + number + ":wanted")
                .toList();
        producer.impressions(TestEvents.impressions("search", COUNT));
        producer.clicks(TestEvents.clicks("search", COUNT / 2));

        // When
        stack.kill("attribution");

        // Then
        producer.clicks(TestEvents.clicks("search", COUNT));
        AWAIT.until(
                () -> "the pairs of " + COUNT + " clicks", () -> clickPairs().size() >= COUNT);
        assertThat(clickPairs()).containsExactlyInAnyOrderElementsOf(expected);
        awaitAllLearned();
        assertEveryRecordIsAccountedFor();
    }

    private static List<String> clickPairs() {
        return PairsTopic.ids(stack.endpoints().kafka()).stream()
                .filter(id -> id.startsWith("click:search-"))
                .toList();
    }

    private static void awaitAllLearned() {
        AWAIT.until(
                () -> versions.records().total() + " of "
                        + PairsTopic.ids(stack.endpoints().kafka()).size() + " records in the lineage",
                () -> versions.records().total()
                        >= PairsTopic.ids(stack.endpoints().kafka()).size());
    }

    /** Each record of the topic once: an id that was posted twice was learned the first time and found the second. */
    private static void assertEveryRecordIsAccountedFor() {
        List<String> records = PairsTopic.ids(stack.endpoints().kafka());
        Set<String> distinct = new HashSet<>(records);
        Records became = versions.records();
        assertThat(versions.lineage().isComplete()).isTrue();
        assertThat(became.trained() + became.heldOut()).isEqualTo(distinct.size());
        assertThat(became.duplicates()).isEqualTo(records.size() - distinct.size());
        assertThat(became.setAside()).isZero();
    }
}
