package dev.millrace.evaluation.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.millrace.evaluation.probe.LinearProbe.Labelled;
import dev.millrace.evaluation.vectors.VectorTable;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LinearProbeTest {
    @Test
    void planesBetweenClassesAreFoundWithFewerTextsThanDimensions() {
        // Given three classes around axes of their own, 8 texts each, in 64 dimensions
        Random random = new Random(4);
        int[] labels = IntStream.range(0, 24).map(i -> i % 3).toArray();
        float[][] vectors =
                IntStream.range(0, 24).mapToObj(i -> around(random, labels[i])).toArray(float[][]::new);
        int[] parts = Parts.of(texts(24), labels, 4);

        // When
        ProbeFigures figures = LinearProbe.crossValidated(new Labelled(VectorTable.of(vectors), labels), parts, 4, 3);

        // Then
        assertThat(figures).isEqualTo(new ProbeFigures(24, 1, 1));
    }

    @Test
    void classesThatAreAllTheSameTextsDoNotDivideByZero() {
        // Given
        float[][] vectors = {{1, 0}, {1, 0}, {0, 1}, {0, 1}};
        Labelled texts = new Labelled(VectorTable.of(vectors), new int[] {0, 0, 1, 1});

        // When
        ProbeFigures figures = LinearProbe.of(texts, texts, 2);

        // Then
        assertThat(figures.accuracy()).isEqualTo(1);
    }

    @Test
    void everyClassThatIsThereOrWasSaidCountsForF1() {
        // Given of classes 0, 1, 2, 3: F1 of 0 is 2/3, of 1 is 0, of 2 is 0 and was only said, 3 is not there
        int[] actual = {0, 0, 1};

        // When
        ProbeFigures figures = ProbeFigures.of(actual, new int[] {0, 2, 2}, 4);

        // Then
        assertThat(figures.accuracy()).isCloseTo(1 / 3.0, offset(1e-12));
        assertThat(figures.macroF1()).isCloseTo(2 / 9.0, offset(1e-12));
    }

    @Test
    void partsHoldEachClassEvenlyAndARepeatFallsIntoTheSame() {
        // Given
        List<String> texts =
                Stream.concat(texts(100).stream(), texts(100).stream()).toList();
        int[] labels = IntStream.range(0, 200).map(i -> i % 4).toArray();

        // When
        int[] parts = Parts.of(texts, labels, 5);

        // Then
        assertThat(IntStream.range(0, 100)).allMatch(i -> parts[i] == parts[i + 100]);
        assertThat(IntStream.range(0, 20).mapToLong(cell -> IntStream.range(0, 100)
                        .filter(i -> labels[i] == cell % 4 && parts[i] == cell / 4)
                        .count()))
                .containsOnly(5L);
    }

    private static List<String> texts(int count) {
        return IntStream.range(0, count).mapToObj(i -> "text " + i).toList();
    }

    private static float[] around(Random random, int axis) {
        float[] vector = new float[64];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian() / 20;
        }
        vector[axis] += 1;
        return vector;
    }
}
