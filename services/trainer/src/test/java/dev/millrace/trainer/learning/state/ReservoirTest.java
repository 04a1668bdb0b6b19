package dev.millrace.trainer.learning.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.millrace.events.record.Pair;
import dev.millrace.trainer.testing.Pairs;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReservoirTest {
    @Test
    void everyPairStaysWithTheSameChance() {
        // Given
        int capacity = 10;
        int offered = 50;
        int runs = 4000;
        List<Pair> stream = Pairs.different(offered);
        double[] kept = new double[offered];

        // When
        for (int run = 0; run < runs; run++) {
            Reservoir reservoir = new Reservoir(capacity, 1000L * run, List.of(), 0);
            stream.forEach(reservoir::offer);
            reservoir.pairs().forEach(pair -> kept[stream.indexOf(pair)]++);
        }

        // Then each share is 0.2 within five standard deviations
        double deviation = Math.sqrt(0.2 * 0.8 / runs);
        assertThat(Arrays.stream(kept).map(count -> count / runs).boxed().toList())
                .allSatisfy(share -> assertThat(share).isCloseTo(0.2, offset(5 * deviation)));
    }

    @Test
    void aResumedReservoirGoesOnAsAnUninterruptedOne() {
        // Given
        List<Pair> stream = Pairs.different(500);
        Reservoir straight = new Reservoir(20, 7, List.of(), 0);
        stream.forEach(straight::offer);
        Reservoir first = new Reservoir(20, 7, List.of(), 0);
        stream.subList(0, 213).forEach(first::offer);

        // When
        Reservoir resumed = new Reservoir(20, 7, first.pairs(), first.offered());
        stream.subList(213, 500).forEach(resumed::offer);

        // Then
        assertThat(resumed.pairs()).isEqualTo(straight.pairs());
        assertThat(resumed.offered()).isEqualTo(500);
    }

    @Test
    void drawsDifferentPairsAndAllWhereMoreAreWanted() {
        // Given
        List<Pair> all = Pairs.different(30);
        Reservoir reservoir = new Reservoir(30, 1, all, 30);

        // When
        List<List<Pair>> drawn = List.of(
                reservoir.draw(12, new SplittableRandom(1)),
                reservoir.draw(100, new SplittableRandom(2)),
                reservoir.draw(0, new SplittableRandom(3)));

        // Then
        assertThat(drawn.get(0)).hasSize(12).doesNotHaveDuplicates().isSubsetOf(all);
        assertThat(drawn.get(1)).containsExactlyInAnyOrderElementsOf(all);
        assertThat(drawn.get(2)).isEmpty();
    }

    @Test
    void drawsEveryPairAlike() {
        // Given
        List<Pair> all = Pairs.different(10);
        Reservoir reservoir = new Reservoir(10, 1, all, 10);
        SplittableRandom random = new SplittableRandom(9);
        double[] drawn = new double[10];

        // When
        for (int run = 0; run < 5000; run++) {
            reservoir.draw(3, random).forEach(pair -> drawn[all.indexOf(pair)]++);
        }

        // Then
        double deviation = Math.sqrt(0.3 * 0.7 / 5000);
        assertThat(Arrays.stream(drawn).map(count -> count / 5000).boxed().toList())
                .allSatisfy(share -> assertThat(share).isCloseTo(0.3, offset(5 * deviation)));
    }

    @Test
    void aCapacityThatIsLoweredLeavesAUniformSample() {
        // Given
        int runs = 4000;
        List<Pair> stream = Pairs.different(50);
        double[] kept = new double[50];

        // When
        for (int run = 0; run < runs; run++) {
            Reservoir large = new Reservoir(20, 1000L * run, List.of(), 0);
            stream.subList(0, 40).forEach(large::offer);
            Reservoir small = new Reservoir(10, 1000L * run, large.pairs(), large.offered());
            stream.subList(40, 50).forEach(small::offer);
            small.pairs().forEach(pair -> kept[stream.indexOf(pair)]++);
        }

        // Then each share is 0.2 within five standard deviations
        double deviation = Math.sqrt(0.2 * 0.8 / runs);
        assertThat(Arrays.stream(kept).map(count -> count / runs).boxed().toList())
                .allSatisfy(share -> assertThat(share).isCloseTo(0.2, offset(5 * deviation)));
    }

    @Test
    void aCapacityThatIsLoweredLeavesTheSameSampleEveryTime() {
        // Given
        List<Pair> all = Pairs.different(100);

        // When
        Reservoir once = new Reservoir(7, 3, all, 1000);
        Reservoir again = new Reservoir(7, 3, all, 1000);

        // Then
        assertThat(once.pairs()).hasSize(7).doesNotHaveDuplicates().isEqualTo(again.pairs());
    }

    @Test
    void oneWithoutCapacityKeepsNothing() {
        // Given
        Reservoir reservoir = new Reservoir(0, 1, List.of(), 0);

        // When
        Pairs.different(5).forEach(reservoir::offer);

        // Then
        assertThat(reservoir.pairs()).isEmpty();
        assertThat(reservoir.offered()).isEqualTo(5);
    }
}
