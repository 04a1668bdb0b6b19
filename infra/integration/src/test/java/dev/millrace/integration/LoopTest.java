package dev.millrace.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.checkpoints.version.Records;
import dev.millrace.devstack.clients.PairsTopic;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The loop runs, and goes on where it was when it is interrupted; infra/chaos kills every part of it. */
class LoopTest {
    private static final int COUNT = 96;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final SharedStack shared = SharedStack.get();

    @Test
    void postedPairsBecomeAVersionThatIsServed() {
        // Given
        String before = shared.versions().stable();

        // When
        shared.producer().pairs(TestEvents.pairs("loop", COUNT));

        // Then
        awaitAllLearned();
        await("a version after " + before + " to be served").atMost(LIMIT).until(() -> shared.served()
                .filter(served -> !served.equals(before))
                .isPresent());
        assertEveryRecordIsAccountedFor();
    }

    @Test
    void aTrainerKilledRightAfterAVersionGoesOnFromIt() {
        // Given
        String before = shared.versions().head();
        shared.producer().pairs(TestEvents.pairs("again", COUNT));
        await("the next version")
                .atMost(LIMIT)
                .until(() -> !shared.versions().head().equals(before));

        // When
        shared.stack().kill("trainer");

        // Then
        shared.stack().awaitReady();
        awaitAllLearned();
        assertEveryRecordIsAccountedFor();
    }

    @Test
    void everyClickBecomesOnePairThoughAttributionIsKilled() {
        // Given
        List<String> expected = IntStream.range(0, COUNT)
                .mapToObj(number -> "click:search-" + number + ":wanted")
                .toList();
        shared.producer().impressions(TestEvents.impressions("search", COUNT));
        shared.producer().clicks(TestEvents.clicks("search", COUNT / 2));

        // When
        shared.stack().kill("attribution");

        // Then
        shared.producer().clicks(TestEvents.clicks("search", COUNT));
        await("the pairs of " + COUNT + " clicks")
                .atMost(LIMIT)
                .until(() -> clickPairs().size() >= COUNT);
        assertThat(clickPairs()).containsExactlyInAnyOrderElementsOf(expected);
        awaitAllLearned();
        assertEveryRecordIsAccountedFor();
    }

    private List<String> clickPairs() {
        return PairsTopic.ids(shared.kafka()).stream()
                .filter(id -> id.startsWith("click:search-"))
                .toList();
    }

    private void awaitAllLearned() {
        await("every record to be in the lineage").atMost(LIMIT).until(shared::allLearned);
    }

    /** Each record of the topic once: an id that was posted twice was learned the first time and found the second. */
    private void assertEveryRecordIsAccountedFor() {
        List<PairsTopic.Place> records = shared.places();
        List<String> ids = records.stream()
                .map(PairsTopic.Place::id)
                .flatMap(Optional::stream)
                .toList();
        Set<String> distinct = new HashSet<>(ids);
        Records became = shared.versions().records();
        assertThat(shared.versions().lineage().isComplete()).isTrue();
        assertThat(became.trained() + became.heldOut()).isEqualTo(distinct.size());
        assertThat(became.duplicates()).isEqualTo(ids.size() - distinct.size());
        assertThat(became.setAside()).isEqualTo(records.size() - ids.size());
    }
}
