package dev.millrace.embedding.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.millrace.embedding.space.method.AffineMap;
import dev.millrace.embedding.space.method.UnitLength;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SpaceFitTest {
    private static final int DIMENSIONS = 12;

    @Property(tries = 20)
    void aRotationIsUndone(@ForAll long seed) {
        // Given
        float[][] older = vectors(100, seed);
        float[][] newer = turned(older, seed);

        // When
        SpaceFit fit = SpaceFit.best(new PairedVectors(newer, older), SpaceMethods.ALL);

        // Then
        assertThat(fit.method()).isEqualTo("procrustes");
        assertThat(fit.recall()).isGreaterThan(0.995);
        for (int i = 0; i < older.length; i++) {
            assertThat(fit.adapter().apply(newer[i])).containsExactly(older[i], offset(1e-3f));
        }
    }

    @Property(tries = 20)
    void whereNothingChangedNothingIsAdapted(@ForAll long seed) {
        // Given
        float[][] vectors = vectors(80, seed);

        // When
        SpaceFit fit = SpaceFit.best(new PairedVectors(vectors, vectors), SpaceMethods.ALL);

        // Then
        assertThat(fit.method()).isEqualTo("unchanged");
        assertThat(fit.recall()).isEqualTo(1);
    }

    /** Fewer texts than numbers in a vector, and texts that are all the same, leave directions of which nothing is known. */
    @Property(tries = 20)
    void whateverThePairsEachAdapterGivesVectorsOfNorm1(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int distinct) {
        // Given
        float[][] drawn = vectors(distinct, seed);
        float[][] newer = new float[60][];
        Arrays.setAll(newer, i -> drawn[i % distinct]);
        PairedVectors pairs = new PairedVectors(newer, vectors(60, seed + 1));
        float[] asked = vectors(1, seed + 2)[0];

        // When
        List<SpaceFit> fits = SpaceFit.all(pairs, SpaceMethods.ALL);

        // Then
        assertThat(fits).allSatisfy(fit -> assertThat(length(fit.adapter().apply(asked)))
                .isCloseTo(1, offset(1e-5)));
        assertThat(fits).allSatisfy(fit -> assertThat(fit.recall()).isBetween(0.0, 1.0));
    }

    @Test
    void fewerPairsAreRefused() {
        // Given
        float[][] few = vectors(SpaceFit.FEWEST - 1, 1);

        // Then
        assertThatThrownBy(() -> SpaceFit.best(new PairedVectors(few, few), SpaceMethods.ALL))
                .hasMessage("39 pairs are fewer than 40");
    }

    @Test
    void vectorsThatAreNoPairsAreRefused() {
        assertThatThrownBy(() -> new PairedVectors(vectors(3, 1), vectors(2, 1)))
                .hasMessage("3 vectors and 2 are no pairs");
    }

    private static float[][] vectors(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] vectors = new float[count][DIMENSIONS];
        for (float[] vector : vectors) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) (random.nextDouble() - 0.3);
            }
            UnitLength.of(vector);
        }
        return vectors;
    }

    /** By reflections at drawn vectors (Householder), which are orthogonal. */
    private static float[][] turned(float[][] vectors, long seed) {
        float[][] turned = Arrays.stream(vectors).map(float[]::clone).toArray(float[][]::new);
        for (float[] mirror : vectors(4, seed + 7)) {
            for (float[] vector : turned) {
                float twice = 0;
                for (int i = 0; i < vector.length; i++) {
                    twice += 2 * vector[i] * mirror[i];
                }
                AffineMap.add(-twice, mirror, vector);
            }
        }
        return turned;
    }

    private static double length(float[] vector) {
        double squares = 0;
        for (float number : vector) {
            squares += (double) number * number;
        }
        return Math.sqrt(squares);
    }
}
