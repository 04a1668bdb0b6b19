package dev.millrace.attribution.join.topology;

import static dev.millrace.attribution.join.topology.JoinRig.START;
import static dev.millrace.attribution.join.topology.JoinRig.TICK;
import static dev.millrace.attribution.join.topology.JoinRig.WINDOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When an impression is closed, whoever is ahead or silent. */
class WindowEndTest {
    private final JoinRig rig = new JoinRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void pairsComeWhenTheClicksHaveBeenReadPastTheWindow() {
        // Given
        rig.show("i1", 0);
        rig.click("i1", "d3", 2_000);
        rig.impressionsRead(3 * WINDOW);
        rig.clicksRead(WINDOW);
        assertThat(rig.pairs()).isEmpty();

        // When
        rig.clicksRead(WINDOW + 1);

        // Then
        assertThat(rig.pairs()).singleElement().satisfies(pair -> {
            assertThat(pair.id()).isEqualTo("click:i1:d3");
            assertThat(pair.anchor()).isEqualTo("query of i1");
            assertThat(pair.positive()).contains("text 3");
            assertThat(pair.negatives()).containsExactly("text 1", "text 2");
        });
        assertThat(rig.impressions("attributed")).isEqualTo(1);
    }

    @Test
    void neitherTopicHasToKeepUpWithTheOther() {
        // Given: all clicks are read hours before the first impression, with more than the window between them
        rig.click("i1", "d2", 0);
        rig.click("i2", "d2", 5 * WINDOW);
        rig.clicksRead(9 * WINDOW);

        // When
        rig.show("i1", 1_000);
        rig.show("i2", 5 * WINDOW + 1_000);
        rig.impressionsRead(9 * WINDOW);

        // Then
        assertThat(rig.pairIds()).containsExactly("click:i1:d2", "click:i2:d2");
        assertThat(rig.unusedClicks("orphaned")).isZero();
    }

    @Test
    void aTopicThatHasFallenSilentHoldsNothingUp() {
        // Given
        rig.show("i1", 0);
        rig.click("i1", "d2", 100);
        IntStream.range(1, 6).forEach(i -> {
            rig.driver.advanceWallClockTime(TICK);
            rig.impressionsRead(i * WINDOW);
        });

        // When
        rig.driver.advanceWallClockTime(TICK);

        // Then
        assertThat(rig.pairIds()).containsExactly("click:i1:d2");
    }

    @Test
    void aQuietStreamClosesByTheWallClock() {
        // Given
        rig.show("i1", 0);
        rig.click("i1", "d2", 500);

        // When
        rig.silence(16);

        // Then
        assertThat(rig.pairIds()).containsExactly("click:i1:d2");
    }

    @Test
    void aStoppedProcessStillReadsTheClicksThatWereWaiting() {
        // Given
        rig.show("i1", 0);
        rig.driver.advanceWallClockTime(Duration.ofHours(1));
        rig.driver.advanceWallClockTime(TICK);

        // When
        rig.click("i1", "d2", 5_000);
        rig.timeIs(2 * WINDOW);

        // Then
        assertThat(rig.pairIds()).containsExactly("click:i1:d2");
    }

    @Test
    void noWaitEndsBeforeItWasSeenThatTheTopicsStillHadTheirPartitions() {
        // Given
        rig.known.partitionsSeenAt(START.plusMillis(WINDOW));
        rig.show("i1", 0);
        rig.click("i1", "d2", 1_000);
        rig.timeIs(2 * WINDOW);
        rig.silence(1);
        assertThat(rig.pairs()).isEmpty();

        // When
        rig.known.partitionsSeenAt(START.plusMillis(WINDOW + 1));
        rig.silence(1);

        // Then
        assertThat(rig.pairIds()).containsExactly("click:i1:d2");
    }

    @Test
    void noWaitEndsWhileWhatBelongsHereMayBeOnItsWayFromOtherPartitions() {
        // Given
        rig.known.startWith(1, false);
        rig.show("i1", 0);
        rig.click("i1", "d2", 1_000);
        rig.timeIs(3 * WINDOW);
        rig.silence(59);
        assertThat(rig.pairs()).isEmpty();

        // When
        rig.silence(1);

        // Then
        assertThat(rig.pairIds()).containsExactly("click:i1:d2");
    }

    @Test
    void theWindowEndsAtItsMillisecond() {
        // Given
        rig.show("i1", 0);
        rig.click("i1", "d1", WINDOW);

        // When
        rig.click("i1", "d2", WINDOW + 1);
        rig.timeIs(3 * WINDOW);

        // Then
        assertThat(rig.pairIds()).containsExactly("click:i1:d1");
        assertThat(rig.unusedClicks("orphaned")).isEqualTo(1);
    }

    @Test
    void aFullPartitionClosesTheEarliestBeforeTheirTime() {
        try (JoinRig small = new JoinRig(100)) {
            // Given
            small.show("first", 0);
            small.click("first", "d2", 1);
            IntStream.range(1, 100).forEach(i -> small.show("i" + i, 10 + i));
            assertThat(small.pairs()).isEmpty();

            // When
            small.show("one too many", 500);

            // Then
            assertThat(small.pairIds()).containsExactly("click:first:d2");
            assertThat(small.count("closed.early")).isEqualTo(2);
        }
    }

    @Test
    void aRecordFromTheFutureDoesNotCloseThePresent() {
        // Given
        rig.show("i1", 0);

        // When
        rig.show("future", Duration.ofDays(10_000).toMillis());
        rig.click("future", "d2", Duration.ofDays(10_000).toMillis());

        // Then: held to the present, which the rig has a day after the start
        rig.timeIs(Duration.ofDays(2).toMillis());
        assertThat(rig.pairs()).isEmpty();
        rig.silence(16);
        assertThat(rig.pairIds()).containsExactly("click:future:d2");
    }
}
