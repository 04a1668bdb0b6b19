package dev.millrace.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddingBagTest {
    private static final int ROWS = 50;

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "16, 3, 2", "30, 65, 1", "30, 300, 3", "256, 129, 2"})
    void vectorsAreThoseOfTheFormulaOnAnyNumberOfThreads(int width, int count, int threads) {
        // Given texts of 1 to 40 tokens, in one piece of work and in several
        Random random = new Random(width + count);
        float[] table = new float[ROWS * width];
        IntStream.range(0, table.length).forEach(i -> table[i] = (float) random.nextGaussian());
        List<int[]> texts = IntStream.range(0, count)
                .mapToObj(i -> random.ints(1 + i % 40, 0, ROWS).toArray())
                .toList();

        // When
        float[][] vectors;
        float[][] alone;
        try (EmbeddingBag bag = new EmbeddingBag(FloatBuffer.wrap(table), width, threads);
                EmbeddingBag single = new EmbeddingBag(FloatBuffer.wrap(table), width, 1)) {
            vectors = bag.encode(texts);
            alone = texts.stream().map(text -> single.encode(List.of(text))[0]).toArray(float[][]::new);
        }

        // Then
        assertThat(vectors).isDeepEqualTo(alone);
        for (int text = 0; text < count; text++) {
            double[] expected = expected(table, width, texts.get(text));
            for (int i = 0; i < width; i++) {
                assertThat((double) vectors[text][i]).isCloseTo(expected[i], within(1e-6));
            }
        }
    }

    private static double[] expected(float[] table, int width, int[] ids) {
        double[] mean = new double[width];
        for (int id : ids) {
            for (int i = 0; i < width; i++) {
                mean[i] += (double) table[id * width + i] / ids.length;
            }
        }
        double norm = Math.sqrt(
                IntStream.range(0, width).mapToDouble(i -> mean[i] * mean[i]).sum());
        return IntStream.range(0, width).mapToDouble(i -> mean[i] / norm).toArray();
    }
}
