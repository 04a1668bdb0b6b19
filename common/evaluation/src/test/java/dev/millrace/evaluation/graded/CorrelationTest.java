package dev.millrace.evaluation.graded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CorrelationTest {
    @Property(tries = 200)
    void ranksDoNotDependOnTheScale(
            @ForAll @Size(min = 2, max = 40) List<@IntRange(min = -5, max = 5) Integer> numbers,
            @ForAll @IntRange(min = 1, max = 9) int slope) {
        // Given
        double[] x = new double[numbers.size()];
        double[] bent = new double[numbers.size()];
        double[] y = new double[numbers.size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = numbers.get(i);
            bent[i] = Math.exp(slope * numbers.get(i));
            y[i] = Math.floorMod(numbers.get(i) * 31 + i, 7);
        }

        // When
        OptionalDouble spearman = Correlation.spearman(bent, y);

        // Then
        assertThat(spearman).isEqualTo(Correlation.spearman(x, y));
    }

    @Test
    void theSameOrderIsOneAndTheReverseMinusOne() {
        // Given
        double[] rising = {1, 2, 3, 40};

        // When
        OptionalDouble same = Correlation.spearman(rising, new double[] {0, 0.1, 0.2, 0.25});
        OptionalDouble reverse = Correlation.spearman(rising, new double[] {9, 8, 7, -5});

        // Then
        assertThat(same.orElseThrow()).isCloseTo(1, offset(1e-12));
        assertThat(reverse.orElseThrow()).isCloseTo(-1, offset(1e-12));
    }

    @Test
    void numbersThatAreAllTheSameGoTogetherWithNothing() {
        // When
        OptionalDouble none = Correlation.spearman(new double[] {1, 1, 1}, new double[] {1, 2, 3});

        // Then
        assertThat(none).isEmpty();
        assertThat(Correlation.pearson(new double[0], new double[0])).isEmpty();
    }
}
