package dev.millrace.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.kernels.activation.Dimensions;
import dev.millrace.kernels.activation.Embeddings;
import dev.millrace.kernels.activation.Nonlinearity;
import dev.millrace.kernels.activation.Reduction;
import dev.millrace.kernels.product.WeightFormat;
import dev.millrace.kernels.quantized.PlainIntegerProducts;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class EncoderKernelsTest {

    @Property(tries = 25)
    void vectorsAreThoseOfTheFormulas(
            @ForAll @IntRange(min = 1, max = 4) int sixteenths,
            @ForAll @IntRange(min = 0, max = 2) int halvings,
            @ForAll Nonlinearity activation,
            @ForAll boolean relative,
            @ForAll Reduction reduction,
            @ForAll @IntRange(min = -1, max = 1) int below,
            @ForAll @IntRange(min = 1, max = 3) int threads,
            @ForAll long seed) {
        // Given
        Dimensions dimensions =
                new Dimensions(16 * sixteenths, 1 << halvings, 16 * (5 - sixteenths), 2, 1e-12, activation);
        PlainEncoder plain = new PlainEncoder(dimensions, relative, seed);
        List<int[]> texts = texts(new Random(seed), 1, 2, 9, 17, 33, 130);
        OptionalInt lower = below < 0 ? OptionalInt.empty() : OptionalInt.of(below);
        EncoderKernels.Settings settings =
                new EncoderKernels.Settings(new WeightFormat.Fp32(), threads, reduction, lower);

        // When
        float[][] vectors;
        try (EncoderKernels kernels = kernels(plain, settings)) {
            vectors = kernels.encode(texts);
        }

        // Then
        for (int text = 0; text < texts.size(); text++) {
            double[] expected = plain.encode(texts.get(text), reduction, lower);
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) vectors[text][i])
                        .as("text %d, value %d", text, i)
                        .isCloseTo(expected[i], within(2e-5));
            }
        }
    }

    @Property(tries = 10)
    void aTextHasTheSameBitsWhateverIsBesideItAndOnHoweverManyThreads(
            @ForAll("formats") WeightFormat format,
            @ForAll @IntRange(min = 1, max = 3) int threads,
            @ForAll long seed) {
        // Given
        PlainEncoder plain = new PlainEncoder(small(), false, seed);
        List<int[]> texts = texts(new Random(seed), 5, 1, 70, 12, 12, 64, 3, 40, 8, 21);
        float[][] together;
        try (EncoderKernels kernels = kernels(plain, format, threads)) {
            together = kernels.encode(texts);
        }

        // When
        float[][] alone;
        try (EncoderKernels kernels = kernels(plain, format, 1)) {
            alone = texts.stream().map(text -> kernels.encode(List.of(text))[0]).toArray(float[][]::new);
        }

        // Then
        assertThat(together).isDeepEqualTo(alone);
    }

    @Property(tries = 20)
    void roundedWeightsKeepTheDirection(@ForAll("formats") WeightFormat format, @ForAll long seed) {
        // Given
        PlainEncoder plain = new PlainEncoder(small(), false, seed);
        List<int[]> texts = texts(new Random(seed), 4, 14, 60);

        // When
        float[][] vectors;
        try (EncoderKernels kernels = kernels(plain, format, 2)) {
            vectors = kernels.encode(texts);
        }

        // Then
        for (int text = 0; text < texts.size(); text++) {
            double[] expected = plain.encode(texts.get(text), Reduction.SUM, OptionalInt.empty());
            float[] vector = vectors[text];
            double cosine = IntStream.range(0, expected.length)
                    .mapToDouble(i -> expected[i] * vector[i])
                    .sum();
            assertThat(cosine).isGreaterThan(format instanceof WeightFormat.Int8 ? 0.995 : 0.9999);
        }
    }

    @Property(tries = 60)
    void aWeightThatIsNoNumberShows(
            @ForAll("formats") WeightFormat format,
            @ForAll @IntRange(min = 0, max = 11) int array,
            @ForAll @IntRange(min = 0, max = 10_000) int place) {
        // Given
        PlainEncoder plain = new PlainEncoder(small(), false, 9);
        float[] spoilt = plain.weights[array];
        spoilt[place % spoilt.length] = Float.NaN;

        // When
        float[][] vectors;
        try (EncoderKernels kernels = kernels(plain, format, 2)) {
            vectors = kernels.encode(texts(new Random(5), 3, 20));
        }

        // Then
        for (float[] vector : vectors) {
            assertThat(vector).contains(Float.NaN);
        }
    }

    @Example
    void noTextsAreNoVectors() {
        // Given
        try (EncoderKernels kernels = kernels(new PlainEncoder(small(), false, 1), new WeightFormat.Fp32(), 2)) {

            // When
            float[][] vectors = kernels.encode(List.of());

            // Then
            assertThat(vectors).isEmpty();
        }
    }

    @Example
    void widthsThatAreNotWholeVectorsAreRefused() {
        // Given
        Dimensions odd = new Dimensions(24, 2, 64, 1, 1e-12, Nonlinearity.GELU);
        PlainEncoder plain = new PlainEncoder(odd, false, 1);

        // When
        assertThatThrownBy(() -> kernels(plain, new WeightFormat.Fp32(), 1))

                // Then
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("multiples of 16");
        assertThat(EncoderKernels.supports(odd)).isFalse();
    }

    @Provide
    Arbitrary<WeightFormat> formats() {
        return Arbitraries.of(
                new WeightFormat.Fp32(), new WeightFormat.Bf16(), new WeightFormat.Int8(new PlainIntegerProducts()));
    }

    private static Dimensions small() {
        return new Dimensions(48, 3, 80, 2, 1e-12, Nonlinearity.GELU);
    }

    private static EncoderKernels kernels(PlainEncoder plain, WeightFormat format, int threads) {
        return kernels(plain, new EncoderKernels.Settings(format, threads, Reduction.SUM, OptionalInt.empty()));
    }

    private static EncoderKernels kernels(PlainEncoder plain, EncoderKernels.Settings settings) {
        return new EncoderKernels(
                plain.dimensions,
                new Embeddings(FloatBuffer.wrap(plain.words), plain.positions, plain.normWeight, plain.normBias),
                plain.relative,
                index -> plain.weights[index],
                settings);
    }

    private static List<int[]> texts(Random random, int... lengths) {
        return Stream.of(lengths)
                .flatMap(all -> IntStream.of(all).boxed())
                .map(length -> random.ints(length, 0, PlainEncoder.VOCABULARY).toArray())
                .toList();
    }
}
