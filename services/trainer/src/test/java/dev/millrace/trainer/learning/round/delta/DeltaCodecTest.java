package dev.millrace.trainer.learning.round.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaCodecTest {
    /** Of very different sizes, many of them 0. */
    private static float[] numbers(int count, long seed) {
        Random random = new Random(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] =
                    random.nextInt(3) == 0 ? 0 : (float) (random.nextGaussian() * Math.pow(10, -random.nextInt(9)));
        }
        return numbers;
    }

    private static float[] kept(String codec, float[] numbers) {
        DeltaCodec named = DeltaCodecs.named(codec);
        return named.decode(named.encode(numbers), numbers.length);
    }

    @Property(tries = 50)
    void fp32KeepsAll(@ForAll @IntRange(max = 2000) int count, @ForAll long seed) {
        // Given
        float[] numbers = numbers(count, seed);

        // When
        float[] kept = kept("fp32", numbers);

        // Then
        assertThat(kept).isEqualTo(numbers);
    }

    @Property(tries = 50)
    void bf16RoundsToEightBits(@ForAll @IntRange(max = 2000) int count, @ForAll long seed) {
        // Given
        float[] numbers = numbers(count, seed);

        // When
        float[] kept = kept("bf16", numbers);

        // Then
        assertThat(IntStream.range(0, count))
                .allMatch(i -> Math.abs(kept[i] - numbers[i]) <= Math.abs(numbers[i]) / 256);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1.00390625, 1", "1.01171875, 1.015625", "-1.005, -1.0078125", "0, 0"})
    void bf16RoundsHalfToEven(float number, float rounded) {
        // When
        float[] kept = kept("bf16", new float[] {number});

        // Then
        assertThat(kept).containsExactly(rounded);
    }

    @Property(tries = 50)
    void int8IsOffByHalfAStepOfItsBlockAtMost(@ForAll @IntRange(max = 2000) int count, @ForAll long seed) {
        // Given
        float[] numbers = numbers(count, seed);

        // When
        float[] kept = kept("int8", numbers);

        // Then
        assertThat(IntStream.range(0, count)).allMatch(i -> {
            int block = i / 256 * 256;
            double largest = IntStream.range(block, Math.min(count, block + 256))
                    .mapToDouble(j -> Math.abs(numbers[j]))
                    .max()
                    .orElseThrow();
            return Math.abs(kept[i] - numbers[i]) <= largest / 127 * .5001 + Float.MIN_VALUE;
        });
    }

    @Property(tries = 50)
    void topKKeepsTheLargestInBf16AndNothingElse(@ForAll @IntRange(max = 5000) int count, @ForAll long seed) {
        // Given
        float[] numbers = numbers(count, seed);
        float[] rounded = kept("bf16", numbers);
        double least = IntStream.range(0, count)
                .mapToDouble(i -> -Math.abs(numbers[i]))
                .sorted()
                .map(size -> -size)
                .skip(Math.max(0, (count + 19) / 20 - 1))
                .findFirst()
                .orElse(0);

        // When
        float[] kept = kept("top-k", numbers);

        // Then
        assertThat(IntStream.range(0, count))
                .allMatch(i -> kept[i] == (Math.abs(numbers[i]) >= least ? rounded[i] : 0));
    }

    @Test
    void ofManyEqualOnesTopKKeepsTheFirst() {
        // Given
        float[] numbers = new float[100];
        java.util.Arrays.fill(numbers, -.5f);

        // When
        float[] kept = kept("top-k", numbers);

        // Then
        assertThat(kept).startsWith(-.5f, -.5f, -.5f, -.5f, -.5f, 0).containsOnly(-.5f, 0);
    }

    @ParameterizedTest
    @CsvSource({"fp32, 4", "bf16, 2", "int8, 1.016", "top-k, 0.15"})
    void aWeightTakesSoManyBytes(String codec, double expected) {
        // Given
        Random random = new Random(3);
        float[] numbers = new float[100_000];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }

        // When
        ByteBuffer coded = DeltaCodecs.named(codec).encode(numbers);

        // Then
        assertThat(coded.remaining() / 100_000.0).isBetween(expected * .98, expected * 1.02);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fp32", "bf16", "int8", "top-k"})
    void whatIsDecodedTwiceIsTheSame(String codec) {
        // Given
        float[] numbers = numbers(700, 5);
        DeltaCodec named = DeltaCodecs.named(codec);
        ByteBuffer coded = named.encode(numbers);
        float[] first = named.decode(coded, 700);

        // When
        float[] second = named.decode(coded, 700);

        // Then
        assertThat(second).isEqualTo(first);
        assertThat(named.key()).isEqualTo(codec);
    }

    @Test
    void anUnknownCodecIsRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> DeltaCodecs.named("zip"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("codec \"zip\" must be one of [bf16, fp32, int8, top-k]");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1.1, Double.NaN})
    void aShareOutOfRangeIsRefused(double share) {
        assertThatThrownBy(() -> new TopKCodec(share)).hasMessageContaining("(0, 1]");
    }
}
