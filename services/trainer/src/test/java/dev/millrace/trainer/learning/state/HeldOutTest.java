package dev.millrace.trainer.learning.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.millrace.events.record.Pair;
import dev.millrace.trainer.testing.Pairs;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeldOutTest {
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.02, 0.1, 0.5})
    void claimsItsShareOfTheStream(double share) {
        // Given
        HeldOut held = heldOut(share, 10);
        List<Pair> stream = Pairs.different(20_000);

        // When
        long claimed = stream.stream().filter(held::claims).count();

        // Then
        double deviation = Math.sqrt(share * (1 - share) / stream.size());
        assertThat((double) claimed / stream.size()).isCloseTo(share, offset(5 * deviation));
    }

    @Test
    void theSameTextsFallOnTheSameSideWhateverTheirId() {
        // Given
        HeldOut held = heldOut(0.5, 10);

        // When
        List<Boolean> sides = Pairs.different(200).stream()
                .map(pair -> held.claims(pair)
                        == held.claims(Pairs.pair(
                                "again-" + pair.id(),
                                pair.anchor(),
                                pair.positive().orElseThrow())))
                .toList();

        // Then
        assertThat(sides).containsOnly(true);
    }

    @Test
    void claimsItsShareOfWhatAsksForNothingToo() {
        // Given
        HeldOut held = heldOut(0.5, 10);
        List<Pair> texts = IntStream.range(0, 2000)
                .mapToObj(i -> Pairs.alone("id" + i, "text " + i))
                .toList();

        // When
        long claimed = texts.stream().filter(held::claims).count();

        // Then
        assertThat((double) claimed / texts.size()).isCloseTo(0.5, offset(0.06));
    }

    @Test
    void whatIsHeldOutIsKeptWhereItCanBeMeasured() {
        // Given
        HeldOut held = heldOut(1, 10);
        Pair asks = Pairs.pair("a", "text", "answer");
        Pair alone = Pairs.alone("b", "text");
        Pair unlike = Pairs.graded("c", "text", "unlike", 0.2);
        Pair like = Pairs.graded("d", "text", "like", 0.8);

        // When
        List.of(asks, alone, unlike, like).forEach(held::keep);

        // Then
        assertThat(held.all()).containsExactly(asks, like);
        assertThat(held.graded().pairs()).containsExactly(unlike, like);
        assertThat(held.texts().pairs()).containsExactly(alone);
    }

    @Test
    void keepsTheNewestAndASampleOfAll() {
        // Given
        HeldOut held = heldOut(1, 10);
        List<Pair> stream = Pairs.different(200);

        // When
        stream.forEach(held::keep);

        // Then
        assertThat(held.fresh()).isEqualTo(stream.subList(190, 200));
        assertThat(held.memory().pairs()).hasSize(10).doesNotHaveDuplicates();
        assertThat(held.memory().pairs()).anyMatch(pair -> stream.indexOf(pair) < 100);
        assertThat(held.all())
                .doesNotHaveDuplicates()
                .containsAll(held.fresh())
                .containsAll(held.memory().pairs());
    }

    @Test
    void groupsOfFewPairsAreLookedAtTogether() {
        // Given a group of six pairs, two of two, and four pairs without
        HeldOut held = heldOut(1, 20);
        IntStream.range(0, 10)
                .mapToObj(i -> Pairs.grouped("g" + i, "q" + i, "d" + i, i < 6 ? "large" : "small" + i % 2))
                .forEach(held::keep);
        Pairs.different(4).forEach(pair -> held.keep(Pairs.pair("x" + pair.id(), "x" + pair.anchor(), "y")));

        // When
        List<HeldOut.Slice> slices = held.slices(4);

        // Then
        assertThat(slices)
                .extracting(HeldOut.Slice::name)
                .containsExactly("held-out", "fresh", "forgetting", "small-groups");
        assertThat(slices.get(3).pairs()).extracting(Pair::id).containsExactly("g6", "g8", "g7", "g9");
    }

    @Test
    void aCapacityThatIsLoweredLeavesTheNewest() {
        // Given
        List<Pair> newest = Pairs.different(40);

        // When
        HeldOut held = new HeldOut(1, 10, newest, samples(10));

        // Then
        assertThat(held.fresh()).isEqualTo(newest.subList(30, 40));
    }

    private static HeldOut heldOut(double share, int capacity) {
        return new HeldOut(share, capacity, List.of(), samples(capacity));
    }

    private static HeldOut.Samples samples(int capacity) {
        return new HeldOut.Samples(
                new Reservoir(capacity, 1, List.of(), 0),
                new Reservoir(capacity, 2, List.of(), 0),
                new Reservoir(capacity, 3, List.of(), 0));
    }
}
