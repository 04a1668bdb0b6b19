package dev.millrace.evaluation.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.millrace.evaluation.vectors.VectorTable;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GeometryTest {
    @Test
    void collapsedVectorsAreNeitherUniformNorApart() {
        // Given
        VectorTable same = VectorTable.of(new float[][] {{3, 4}, {3, 4}, {6, 8}});

        // When
        OptionalDouble uniformity = Uniformity.of(same);

        // Then
        assertThat(uniformity.orElseThrow()).isCloseTo(0, offset(1e-6));
        assertThat(Uniformity.meanCosine(same).orElseThrow()).isCloseTo(1, offset(1e-6));
        assertThat(Alignment.of(same, same).orElseThrow()).isZero();
    }

    @Test
    void ofMoreVectorsThanAreComparedASampleSaysTheSame() {
        // Given three blocks of vectors, spread evenly
        Random random = new Random(8);
        float[][] vectors = Stream.generate(() -> new float[] {
                    (float) random.nextGaussian(), (float) random.nextGaussian(), (float) random.nextGaussian()
                })
                .limit(3L * Uniformity.MOST)
                .toArray(float[][]::new);

        // When
        double uniformity = Uniformity.of(VectorTable.of(vectors)).orElseThrow();

        // Then on a sphere in three dimensions the mean of exp(-4 (1 - c)) over c in -1 .. 1 is (1 - exp(-8)) / 8
        assertThat(uniformity).isCloseTo(Math.log((1 - Math.exp(-8)) / 8), offset(0.01));
    }

    @Test
    void ofFewerThanTwoTextsThereIsNothingToSay() {
        // When
        List<OptionalDouble> figures = List.of(
                Uniformity.of(VectorTable.of(new float[][] {{1, 0}})),
                Uniformity.meanCosine(VectorTable.of(new float[][] {{1, 0}})),
                Alignment.of(VectorTable.of(new float[0][]), VectorTable.of(new float[0][])));

        // Then
        assertThat(figures).containsOnly(OptionalDouble.empty());
    }

    @Test
    void aViewRepeatsWordsAndLeavesNoneOut() {
        // When
        String view = RepeatedWords.of("my card has not arrived and I never ordered another one");

        // Then
        assertThat(view)
                .startsWith("my my")
                .isEqualTo(RepeatedWords.of("my card has not arrived and I never ordered another one"));
        assertThat(List.of(view.split(" ")).stream().distinct())
                .containsExactly(
                        "my", "card", "has", "not", "arrived", "and", "I", "never", "ordered", "another", "one");
    }

    @Test
    void withoutSpacesCharactersAreRepeated() {
        // When
        String view = RepeatedWords.of("我的卡还没到");

        // Then
        assertThat(view).startsWith("我我");
        assertThat(view.codePoints().distinct().mapToObj(Character::toString))
                .containsExactly("我", "的", "卡", "还", "没", "到");
    }
}
