package dev.millrace.trainer.learning.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GradientNormsTest {
    private final GradientNorms norms = new GradientNorms(0, 0);

    @Test
    void whatIsFarFromUsualIsAnExplosion() {
        // Given
        usual(100);

        // When, Then
        assertThatThrownBy(() -> norms.add(2100, 1000))
                .isInstanceOf(DivergedException.class)
                .hasMessageContaining("2100");
    }

    @Test
    void normsThatVaryManyfoldAreUsual() {
        // Given
        usual(100);
        SplittableRandom random = new SplittableRandom(1);

        // When, Then
        assertThatCode(() -> random.doubles(1000).forEach(draw -> norms.add(Math.pow(100, draw), 1000)))
                .doesNotThrowAnyException();
    }

    @Test
    void beforeAnythingIsUsualNothingIsAnExplosion() {
        // Given
        usual(99);

        // When, Then
        assertThatCode(() -> norms.add(1e9, 1000)).doesNotThrowAnyException();
    }

    @Test
    void whatIsUsualFollowsTheStream() {
        // Given
        usual(100);

        // When
        for (int i = 0; i < 1000; i++) {
            norms.add(200, 1000);
        }

        // Then
        assertThat(norms.mean()).isBetween(199.0, 200.0);
    }

    private void usual(int steps) {
        for (int i = 0; i < steps; i++) {
            norms.add(2, 1000);
        }
    }
}
