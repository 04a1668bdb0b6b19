package dev.millrace.attribution.join;

import static dev.millrace.attribution.join.JoinRig.START;
import static dev.millrace.attribution.join.JoinRig.TICK;
import static dev.millrace.attribution.join.JoinRig.WINDOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.Click;
import dev.millrace.events.Pair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JoinTopologyTest {
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
    void aPairIsKeyedByItsIdAndTimedByTheJoin() {
        // Given: a click whose producer's clock is ahead
        rig.show("i1", 0);
        rig.click(new Click("i1", "d1", OptionalLong.empty(), START.plus(Duration.ofHours(20))), 1);

        // When
        rig.timeIs(2 * WINDOW);

        // Then
        assertThat(rig.pairRecords()).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo("click:i1:d1");
            assertThat(record.timestamp()).isEqualTo(START.toEpochMilli() + 2 * WINDOW);
        });
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
    void clicksWaitForTheirImpression() {
        // Given
        rig.click("i1", "d2", 0);
        rig.click("i1", "d4", 100);
        rig.show("i1", 6_000);
        rig.timeIs(WINDOW + 2_000);
        assertThat(rig.pairs()).as("the impression's own window counts").isEmpty();

        // When
        rig.timeIs(6_000 + WINDOW + 2_000);

        // Then
        assertThat(rig.pairIds()).containsExactly("click:i1:d2", "click:i1:d4");
    }

    @Test
    void clicksWithoutAnImpressionExpire() {
        // Given
        rig.click("lost", "d1", 0);
        rig.click("lost", "d2", 100);

        // When
        rig.impressionsRead(WINDOW + 1);

        // Then
        assertThat(rig.unusedClicks("orphaned")).isEqualTo(2);
        assertThat(rig.stored()).as("the impression and its deadline").isEqualTo(2);
    }

    @Test
    void anImpressionWithoutClicksMakesNothing() {
        // Given
        rig.show("i1", 0);

        // When
        rig.silence(16);

        // Then
        assertThat(rig.pairs()).isEmpty();
        assertThat(rig.impressions("without_clicks")).isEqualTo(1);
        assertThat(rig.stored()).isZero();
    }

    @Test
    void whatIsRepeatedCountsOnce() {
        // Given
        rig.show("i1", 0);
        rig.show("i1", 1_000);
        rig.click("i1", "d2", 1_500);
        rig.click("i1", "d2", 1_600);

        // When
        rig.timeIs(2 * WINDOW);

        // Then
        assertThat(rig.pairIds()).containsExactly("click:i1:d2");
        assertThat(rig.impressions("repeated")).isEqualTo(1);
        assertThat(rig.unusedClicks("repeated")).isEqualTo(1);
    }

    @Test
    void aShortVisitBeforeALongOneDoesNotHideIt() {
        // Given
        rig.show("i1", 0);
        rig.click(new Click("i1", "d2", OptionalLong.of(10), START), 1_000);
        rig.click(new Click("i1", "d2", OptionalLong.of(5_000), START.plusSeconds(3)), 2_000);

        // When
        rig.timeIs(2 * WINDOW);

        // Then
        assertThat(rig.pairs()).extracting(Pair::ts).containsExactly(START.plusSeconds(3));
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
    void aClickOnWhatWasNotShownIsCounted() {
        // Given
        rig.show("i1", 0);

        // When
        rig.click("i1", "elsewhere", 100);

        // Then
        assertThat(rig.unusedClicks("stray")).isEqualTo(1);
    }

    @Test
    void clicksThatWaitForNobodyAreBounded() {
        // When
        IntStream.range(0, 230).forEach(i -> rig.click("i1", "d" + i, i));

        // Then
        assertThat(rig.unusedClicks("overflowing")).isEqualTo(30);
        assertThat(rig.stored()).as("200 clicks and one deadline").isEqualTo(201);
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

    @Test
    void theSameInputGivesTheSamePairs() {
        // Given
        final List<Pair> first = run(7);

        // When
        final List<Pair> again = run(7);

        // Then
        assertThat(first).hasSizeGreaterThan(100);
        assertThat(again).isEqualTo(first);
    }

    @Test
    void whateverArrivesEverythingLeavesAgain() {
        // Given
        final Random random = new Random(11);
        IntStream.range(0, 2_000).forEach(i -> arrive(rig, random, i * 37L));

        // When
        rig.silence(30);

        // Then
        assertThat(rig.stored()).isZero();
        assertThat(rig.meters.get("millrace.attribution.waiting").gauge().value())
                .isZero();
        assertThat(rig.pairIds()).doesNotHaveDuplicates().isNotEmpty();
    }

    private static List<Pair> run(int seed) {
        final List<Pair> pairs = new ArrayList<>();
        try (JoinRig rig = new JoinRig()) {
            final Random random = new Random(seed);
            IntStream.range(0, 2_000).forEach(i -> arrive(rig, random, i * 37L));
            rig.timeIs(10 * WINDOW);
            pairs.addAll(rig.pairs());
        }
        return pairs;
    }

    /** Clicks come before, within and after the window of the impression they belong to. */
    private static void arrive(JoinRig rig, Random random, long at) {
        if (random.nextInt(3) == 0) {
            rig.show("i" + at / 37, at);
        } else {
            final long other = Math.max(0, at / 37 + random.nextInt(100) - 80);
            rig.click("i" + other, "d" + (1 + random.nextInt(6)), at);
        }
    }
}
