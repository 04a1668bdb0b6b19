package dev.millrace.devstack.demo.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimulatedUserTest {
    private static final int SEARCHES = 20_000;
    private static final List<Integer> SHOWN = List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);

    private static double rate(int answer, int clicked) {
        SimulatedUser user = new SimulatedUser(5);
        long clicks = IntStream.range(0, SEARCHES)
                .filter(i -> user.clicks(SHOWN, place -> place == answer).contains(clicked))
                .count();
        return (double) clicks / SEARCHES;
    }

    @Test
    void clicksTheAnswerAsOftenAsItsPlaceIsLookedAt() {
        // Given the answer at different places

        // When
        List<Double> rates = List.of(rate(1, 1), rate(2, 2), rate(5, 5), rate(10, 10));

        // Then: five standard deviations are .018 at most
        assertThat(rates.get(0)).isEqualTo(1.0);
        assertThat(rates.get(1)).isCloseTo(1 / 2.0, within(0.018));
        assertThat(rates.get(2)).isCloseTo(1 / 5.0, within(0.018));
        assertThat(rates.get(3)).isCloseTo(1 / 10.0, within(0.018));
    }

    @Test
    void clicksOtherPlacesRarelyAndThoseBelowMoreRarely() {
        // Given no right answer on the page

        // When
        double first = rate(0, 1);
        double fourth = rate(0, 4);

        // Then
        assertThat(first).isCloseTo(SimulatedUser.NOISE, within(0.005));
        assertThat(fourth).isCloseTo(SimulatedUser.NOISE / 4, within(0.003));
    }

    @Test
    void theSameSeedClicksTheSame() {
        // Given
        SimulatedUser one = new SimulatedUser(9);
        SimulatedUser other = new SimulatedUser(9);

        // When
        List<List<Integer>> clicks = IntStream.range(0, 50)
                .mapToObj(i -> one.clicks(SHOWN, place -> place == 3))
                .toList();

        // Then
        assertThat(clicks)
                .isEqualTo(IntStream.range(0, 50)
                        .mapToObj(i -> other.clicks(SHOWN, place -> place == 3))
                        .toList());
    }
}
