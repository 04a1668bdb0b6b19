package dev.millrace.attribution.join;

import static dev.millrace.attribution.join.RepartitioningRig.HERE;
import static dev.millrace.attribution.join.RepartitioningRig.NOW;
import static dev.millrace.attribution.join.RepartitioningRig.SETTLING;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepartitioningTest {
    private final RepartitioningRig rig = new RepartitioningRig();

    @Test
    void aLargeStateIsHandedOverInPortionsAndNoWaitEndsBeforeTheLast() {
        // Given
        rig.topics.startWith(4, true);
        rig.repartitioning().proceed(NOW, rig.join, rig::move);
        IntStream.range(0, 120)
                .mapToObj(i -> RepartitioningRig.impression("i" + i, 5_000))
                .filter(shown -> rig.topics.partitionOf(shown.id()) == HERE)
                .forEach(rig::take);
        final long all = rig.stores.size();
        rig.topics.startWith(1_000_003, false);
        final Repartitioning grown = rig.repartitioning();
        grown.proceed(NOW, rig.join, rig::move);
        final long left = rig.stores.size();

        // When
        final boolean over = grown.isOver(NOW + SETTLING.toMillis());

        // Then
        assertThat(left).isBetween(1L, all - 1);
        assertThat(over).isFalse();
        IntStream.range(0, 120).forEach(i -> grown.proceed(NOW, rig.join, rig::move));
        assertThat(rig.moved).hasSize((int) all);
        assertThat(grown.isOver(NOW + SETTLING.toMillis())).isTrue();
    }

    @Test
    void aRestartWhileItIsUnderWayGoesOnWithIt() {
        // Given
        rig.topics.startWith(4, true);
        rig.repartitioning().proceed(NOW, rig.join, rig::move);
        rig.topics.startWith(8, false);
        rig.repartitioning().proceed(NOW, rig.join, rig::move);

        // When
        final Repartitioning restarted = rig.repartitioning();

        // Then
        assertThat(restarted.isOver(NOW + SETTLING.toMillis() - 1)).isFalse();
        assertThat(restarted.isOver(NOW + SETTLING.toMillis())).isTrue();
    }

    @Test
    void aNewPartitionWaitsForWhatTheOthersHandOver() {
        // Given
        rig.topics.startWith(8, false);

        // When
        final Repartitioning empty = rig.repartitioning();

        // Then
        assertThat(empty.isOver(NOW)).isFalse();
        assertThat(empty.isOver(NOW + SETTLING.toMillis())).isTrue();
    }

    @Test
    void aFirstJoinAndAnUnchangedOneWaitForNothing() {
        // Given
        rig.topics.startWith(4, true);
        assertThat(rig.repartitioning().isOver(NOW)).isTrue();

        // When
        rig.topics.startWith(4, false);

        // Then
        assertThat(rig.repartitioning().isOver(NOW)).isTrue();
    }

    @Test
    void aClockThatWasAheadDoesNotMakeItLonger() {
        // Given
        rig.topics.startWith(8, false);
        rig.repartitioning().proceed(NOW + Duration.ofDays(300).toMillis(), rig.join, rig::move);

        // When
        final Repartitioning restarted = rig.repartitioning();

        // Then
        assertThat(restarted.isOver(NOW)).isFalse();
        assertThat(restarted.isOver(NOW + SETTLING.toMillis())).isTrue();
    }
}
