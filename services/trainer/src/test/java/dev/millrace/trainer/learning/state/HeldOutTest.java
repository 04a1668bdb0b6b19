package dev.millrace.trainer.learning.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.millrace.events.record.Pair;
import dev.millrace.trainer.testing.Pairs;
import java.util.List;
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
    void doesNotClaimWhatDrawsNothingTogether() {
        // Given
        HeldOut held = heldOut(1, 10);

        // When
        List<Boolean> claims = List.of(
                held.claims(Pairs.alone("a", "text")),
                held.claims(Pairs.graded("b", "text", "unlike", 0.2)),
                held.claims(Pairs.graded("c", "text", "like", 0.8)));

        // Then
        assertThat(claims).containsExactly(false, false, true);
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
    void aCapacityThatIsLoweredLeavesTheNewest() {
        // Given
        List<Pair> newest = Pairs.different(40);

        // When
        HeldOut held = new HeldOut(1, 10, newest, new Reservoir(10, 1, List.of(), 0));

        // Then
        assertThat(held.fresh()).isEqualTo(newest.subList(30, 40));
    }

    private static HeldOut heldOut(double share, int capacity) {
        return new HeldOut(share, capacity, List.of(), new Reservoir(capacity, 1, List.of(), 0));
    }
}
