package dev.millrace.bench.scale.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.bench.scale.simulation.Awaited.Seen;
import dev.millrace.trainer.learning.round.Quorum;
import dev.millrace.trainer.learning.round.Share;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AwaitedTest {
    private static final Quorum HALF = new Quorum(.5, Duration.ofSeconds(5), Duration.ofSeconds(60));
    private static final List<String> TWO = List.of("pairs-0", "pairs-1");

    private final SimulatedLineage lineage = new SimulatedLineage();
    private final Share first = World.share(0, 0, 0, 10);
    private final Share second = World.share(1, 0, 0, 10);

    private Awaited awaited(Share share) {
        return new Awaited(lineage, HALF, share, 0);
    }

    @Test
    void theFirstMergesOnceAllHaveCome() {
        // Given
        lineage.bring(first);
        lineage.bring(second);

        // When
        Seen seen = awaited(first).look(3, PairStream.ENDLESS, TWO);

        // Then
        assertThat(seen).isEqualTo(Seen.MINE);
    }

    @Test
    void theSecondsTurnIsAQuarterOfTheDeadlineLater() {
        // Given
        lineage.bring(first);
        lineage.bring(second);
        Awaited awaited = awaited(second);
        awaited.look(3, PairStream.ENDLESS, TWO);

        // When
        Seen before = awaited.look(17.5, PairStream.ENDLESS, TWO);

        // Then
        assertThat(before).isEqualTo(Seen.WAIT);
        assertThat(awaited.look(18, PairStream.ENDLESS, TWO)).isEqualTo(Seen.MINE);
    }

    @Test
    void whoHasNothingUnreadIsNotWaitedFor() {
        // Given
        lineage.bring(first);

        // When
        Seen seen = awaited(first).look(4, new PairStream(1), TWO);

        // Then
        assertThat(seen).isEqualTo(Seen.MINE);
    }

    @Test
    void aShareWhoseRecordsAreLearnedIsSettled() {
        // Given
        lineage.bring(first);
        lineage.publish(0, 5, lineage.choice());
        Awaited awaited = awaited(first);

        // When
        Seen seen = awaited.look(6, PairStream.ENDLESS, TWO);

        // Then
        assertThat(seen).isEqualTo(Seen.SETTLED);
        assertThat(awaited.isMerged()).isTrue();
    }

    @Test
    void whoComesLateHasItsShareInALaterRoundButMergesWithAnotherLearner() {
        // Given
        lineage.bring(first);
        lineage.publish(0, 5, lineage.choice());
        lineage.bring(second);
        Awaited awaited = awaited(second);

        // When
        Seen seen = awaited.look(70, new PairStream(.1), TWO);

        // Then
        assertThat(seen).isEqualTo(Seen.MINE);
        assertThat(awaited.fits()).isFalse();
    }
}
