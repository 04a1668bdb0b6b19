package dev.millrace.attribution.join.topology;

import static dev.millrace.attribution.join.topology.JoinRig.START;
import static dev.millrace.attribution.join.topology.JoinRig.WINDOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.record.Click;
import dev.millrace.events.record.Pair;
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
