package dev.millrace.trainer.learning.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.millrace.events.record.Pair;
import dev.millrace.trainer.testing.Pairs;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StratifiedReservoirTest {
    private static final int CAPACITY = 2000;

    /** Of the capacity, after a choice: seven eighths, and half of them by group. */
    private static int placesByGroup(int capacity) {
        int size = capacity - capacity / 8;
        return size - size / 2;
    }

    @Property(tries = 40)
    void aGroupWithOneInAHundredPairsKeepsItsFairShare(
            @ForAll @IntRange(min = 2, max = 30) int groups,
            @ForAll @IntRange(min = 60, max = 600) int capacity,
            @ForAll long seed) {
        // Given a loud stratum without a group, a rare group, and others that share a third of the rest
        StratifiedReservoir reservoir = new StratifiedReservoir(capacity, seed, List.of(), List.of(), 0);
        SplittableRandom random = new SplittableRandom(seed);
        List<Pair> others = IntStream.range(2, groups)
                .mapToObj(group -> Pairs.grouped("id", "q", "d", "other-" + group))
                .toList();
        Pair loud = Pairs.pair("id", "q", "d");
        Pair rare = Pairs.grouped("id", "q", "d", "rare");

        // When
        for (int i = 0; i < 20_000; i++) {
            int dealt = random.nextInt(100);
            boolean other = dealt > 66 && !others.isEmpty();
            reservoir.offer(dealt == 0 ? rare : other ? others.get(random.nextInt(others.size())) : loud);
        }

        // Then no less than every group has at least; some hundred of its pairs came
        long kept = reservoir.pairs().stream().filter(rare::equals).count();
        assertThat(kept).isGreaterThanOrEqualTo(Math.min(100, placesByGroup(capacity) / groups));
        assertThat(reservoir.pairs()).hasSizeLessThanOrEqualTo(capacity);
    }

    @Property(tries = 10)
    void theNewestWindowsAreAlwaysThere(@ForAll @IntRange(min = 1, max = 20_000) int groups, @ForAll long seed) {
        // Given
        int window = 100;
        int offered = 60_000;
        StratifiedReservoir reservoir = new StratifiedReservoir(CAPACITY, seed, List.of(), List.of(), 0);

        // When
        for (int i = 1; i <= offered; i++) {
            reservoir.offer(Pairs.grouped("id", "q", "d", "group-" + i % groups));
        }

        // Then
        Map<Long, Long> byWindow = reservoir.places().stream()
                .collect(Collectors.groupingBy(place -> (offered - place) / window, Collectors.counting()));
        assertThat(byWindow).containsKeys(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(reservoir.places())
                .containsAll(IntStream.rangeClosed(offered - 19, offered)
                        .mapToObj(Long::valueOf)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oldTopicsAreStillThereAfterAMillionPairs(boolean withGroups) {
        assertThatAllTopicsAreThereAfter(1_000_000, withGroups);
    }

    @Test
    @Tag("soak")
    void oldTopicsAreStillThereAfterTenMillionPairs() {
        assertThatAllTopicsAreThereAfter(10_000_000, false);
    }

    private static void assertThatAllTopicsAreThereAfter(int pairs, boolean withGroups) {
        // Given topics one after the other
        int topics = 10;
        StratifiedReservoir reservoir = new StratifiedReservoir(512, 3, List.of(), List.of(), 0);

        // When
        for (int topic = 0; topic < topics; topic++) {
            String anchor = "about " + topic;
            Pair pair = withGroups ? Pairs.grouped("id", anchor, "d", "topic-" + topic) : Pairs.alone("id", anchor);
            for (int i = 0; i < pairs / topics; i++) {
                reservoir.offer(pair);
            }
        }

        // Then as much of any as of another, or a sample of all times, in which a topic has 22 in the mean
        assertThat(reservoir.offered()).isEqualTo(pairs);
        Map<String, Long> byTopic =
                reservoir.pairs().stream().collect(Collectors.groupingBy(Pair::anchor, Collectors.counting()));
        assertThat(byTopic).hasSize(topics);
        assertThat(byTopic.values()).allSatisfy(count -> assertThat(count)
                .isGreaterThanOrEqualTo(withGroups ? placesByGroup(512) / topics : 8));
    }

    /** As many pairs of one to two thousand pairs ago as of two to four thousand, and so on. */
    @Test
    void olderPairsAreFewerInProportionToTheirAge() {
        // Given one stratum, so that the places by group are a uniform sample
        int offered = 64_000;
        int runs = 8;
        double[] byOctave = new double[6];

        // When
        for (int run = 0; run < runs; run++) {
            StratifiedReservoir reservoir = new StratifiedReservoir(CAPACITY, 99L * run, List.of(), List.of(), 0);
            for (int i = 0; i < offered; i++) {
                reservoir.offer(Pairs.pair("id", "q", "d"));
            }
            reservoir.places().forEach(place -> count(byOctave, (offered - place) / 1000));
        }

        // Then beside a uniform sample of 875 of 64 000 each octave adds the same
        List<Double> byAge = IntStream.range(0, 6)
                .mapToObj(octave -> byOctave[octave] / runs - 875.0 * (1 << octave) / 64)
                .toList();
        double mean = byAge.stream().mapToDouble(count -> count).average().orElseThrow();
        assertThat(byAge).allSatisfy(count -> assertThat(count).isCloseTo(mean, offset(0.2 * mean)));
    }

    private static void count(double[] byOctave, long thousands) {
        if (thousands > 0) {
            byOctave[63 - Long.numberOfLeadingZeros(thousands)]++;
        }
    }

    @Property(tries = 50)
    void aResumedOneGoesOnAsAnUninterruptedOne(
            @ForAll @IntRange(max = 60) int capacity, @ForAll @IntRange(max = 500) int stop, @ForAll long seed) {
        // Given
        List<Pair> stream = IntStream.range(0, 500)
                .mapToObj(i -> Pairs.grouped("id" + i, "q", "d", "group" + i % 7))
                .toList();
        StratifiedReservoir straight = new StratifiedReservoir(capacity, seed, List.of(), List.of(), 0);
        stream.forEach(straight::offer);
        StratifiedReservoir first = new StratifiedReservoir(capacity, seed, List.of(), List.of(), 0);
        stream.subList(0, stop).forEach(first::offer);

        // When
        StratifiedReservoir resumed =
                new StratifiedReservoir(capacity, seed, first.pairs(), first.places(), first.offered());
        stream.subList(stop, 500).forEach(resumed::offer);

        // Then
        assertThat(resumed.pairs()).isEqualTo(straight.pairs()).hasSizeLessThanOrEqualTo(capacity);
        assertThat(resumed.places()).isEqualTo(straight.places());
    }

    @Test
    void whatAPlainReservoirKeptIsTakenUpInTheOrderOfItsTimes() {
        // Given
        List<Pair> sample = IntStream.of(3, 1, 4, 2)
                .mapToObj(second -> Pairs.at("id" + second, Instant.EPOCH.plusSeconds(second)))
                .toList();

        // When
        StratifiedReservoir reservoir = new StratifiedReservoir(10, 1, sample, List.of(), 1000);

        // Then
        assertThat(reservoir.pairs()).extracting(Pair::id).containsExactly("id1", "id2", "id3", "id4");
        assertThat(reservoir.places()).containsExactly(250L, 500L, 750L, 1000L);
        assertThat(reservoir.offered()).isEqualTo(1000);
    }

    @Test
    void aCapacityThatIsLoweredIsKept() {
        // Given
        StratifiedReservoir large = new StratifiedReservoir(500, 1, List.of(), List.of(), 0);
        Pairs.different(500).forEach(large::offer);

        // When
        StratifiedReservoir small = new StratifiedReservoir(40, 1, large.pairs(), large.places(), large.offered());

        // Then
        assertThat(small.pairs()).hasSize(40).doesNotHaveDuplicates();
        assertThat(small.places()).contains(500L);
    }

    @Property(tries = 100)
    void drawsDifferentPairsOfAllGroupsInProportion(
            @ForAll @IntRange(min = 1, max = 200) int count, @ForAll long seed) {
        // Given
        List<Pair> all = IntStream.range(0, 200)
                .mapToObj(i -> Pairs.grouped("id" + i, "q" + i, "d", "group-" + i % 4))
                .toList();
        StratifiedReservoir reservoir = new StratifiedReservoir(200, 1, all, List.of(), 200);

        // When
        List<Pair> drawn = reservoir.draw(count, new SplittableRandom(seed));

        // Then
        assertThat(drawn).hasSize(count).doesNotHaveDuplicates().isSubsetOf(all);
        Map<Optional<String>, Long> byGroup =
                drawn.stream().collect(Collectors.groupingBy(Pair::group, Collectors.counting()));
        assertThat(byGroup.values())
                .allSatisfy(group -> assertThat((double) group).isCloseTo(count / 4.0, offset(1.0)));
    }

    @Test
    void drawsEveryPairAlike() {
        // Given
        List<Pair> all = Pairs.different(10);
        StratifiedReservoir reservoir = new StratifiedReservoir(10, 1, all, List.of(), 10);
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
    void oneWithoutRoomKeepsAndDrawsNothing() {
        // Given
        StratifiedReservoir reservoir = new StratifiedReservoir(0, 1, List.of(), List.of(), 0);

        // When
        Pairs.different(5).forEach(reservoir::offer);

        // Then
        assertThat(reservoir.pairs()).isEmpty();
        assertThat(reservoir.draw(3, new SplittableRandom(1))).isEmpty();
        assertThat(reservoir.offered()).isEqualTo(5);
    }

    @Test
    void drawingMoreThanThereAreGivesAllInRandomOrder() {
        // Given
        List<Pair> all = Pairs.different(30);
        StratifiedReservoir reservoir = new StratifiedReservoir(30, 1, all, List.of(), 30);

        // When
        List<Pair> drawn = reservoir.draw(100, new SplittableRandom(2));

        // Then
        assertThat(drawn).containsExactlyInAnyOrderElementsOf(all).isNotEqualTo(all);
    }
}
