package dev.millrace.trainer.learning.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradientNormsTest {
    private final GradientNorms norms = new GradientNorms(1000, 1, 0, 0);

    @Test
    void whatIsFarFromUsualIsAnExplosion() {
        // Given
        usual(100);

        // When, Then
        assertThatThrownBy(() -> norms.add(2100))
                .isInstanceOf(DivergedException.class)
                .hasMessageContaining("2100");
    }

    @Test
    void normsThatVaryManyfoldAreUsual() {
        // Given
        usual(100);
        SplittableRandom random = new SplittableRandom(1);

        // When, Then
        assertThatCode(() -> random.doubles(1000).forEach(draw -> norms.add(Math.pow(100, draw))))
                .doesNotThrowAnyException();
    }

    @Test
    void beforeAnythingIsUsualNothingIsAnExplosion() {
        // Given
        usual(99);

        // When, Then
        assertThatCode(() -> norms.add(1e9)).doesNotThrowAnyException();
    }

    @Test
    void whatIsUsualFollowsTheStream() {
        // Given
        usual(100);

        // When
        for (int i = 0; i < 1000; i++) {
            norms.add(200);
        }

        // Then
        assertThat(norms.mean()).isBetween(199.0, 200.0);
    }

    /** The same pair thousands of times, or pairs of one group: there is nothing to push away. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-9, 0.004})
    void stepsThatTaughtNothingMakeNothingUsual(double norm) {
        // Given
        IntStream.range(0, 4400).forEach(step -> norms.add(norm));

        // When, Then
        assertThatCode(() -> usual(500)).doesNotThrowAnyException();
        assertThat(norms.mean()).isCloseTo(2, offset(1e-9));
    }

    @Test
    void aLineageWhoseUsualIsNothingAlreadyGoesOn() {
        // Given what was saved before steps without a gradient were left out
        GradientNorms ruined = new GradientNorms(1000, 1, 4400, 1e-12);

        // When, Then
        assertThatCode(() -> ruined.add(1.1)).doesNotThrowAnyException();
    }

    @Test
    void whatIsForgottenIsLearnedAnew() {
        // Given
        usual(100);

        // When
        norms.forget();

        // Then
        assertThatCode(() -> norms.add(1e9)).doesNotThrowAnyException();
    }

    private void usual(int steps) {
        for (int i = 0; i < steps; i++) {
            norms.add(2);
        }
    }
}
