package dev.millrace.trainer.learning.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.trainer.testing.Pairs;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExampleTest {
    @Test
    void aPairWithoutALabelDrawsTogetherWithItsWholeWeight() {
        // When
        Example example = Example.of(Pairs.pair("id", "a", "b"));

        // Then
        assertThat(example).isEqualTo(example("a", "b", List.of()));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "0.75, 0.75", "0.5, 0.5"})
    void aSimilarPairDrawsTogetherByItsLabel(double label, double weight) {
        // When
        Example example = Example.of(Pairs.graded("id", "a", "b", label));

        // Then
        assertThat(example.positive()).contains("b");
        assertThat(example.pull()).isEqualTo(weight);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0.25, 0.75", "0.49, 0.51"})
    void aDissimilarPairPushesItsSecondTextAway(double label, double weight) {
        // When
        Example example = Example.of(Pairs.graded("id", "a", "b", label));

        // Then
        assertThat(example.positive()).isEmpty();
        assertThat(example.pushedFrom()).containsExactly("b");
        assertThat(example.pull()).isEqualTo(weight);
    }

    @Test
    void aTextAloneIsDrawnToItself() {
        // When
        Example example = Example.of(Pairs.alone("id", "a"));

        // Then
        assertThat(example.positive()).isEmpty();
        assertThat(example.negatives()).isEmpty();
        assertThat(example.weight()).isEqualTo(1);
    }

    @Test
    void minedNegativesJoinItsOwnOnce() {
        // Given
        Example example = example("a", "b", List.of("c"));

        // When
        Example mined = example.with(List.of("d", "c"));

        // Then
        assertThat(mined.negatives()).containsExactly("c", "d");
    }

    private static Example example(String anchor, String positive, List<String> negatives) {
        return new Example(
                anchor, Optional.of(positive), OptionalDouble.empty(), negatives, Optional.empty(), 1, "test");
    }
}
