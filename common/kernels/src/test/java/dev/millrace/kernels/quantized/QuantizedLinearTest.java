package dev.millrace.kernels.quantized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.kernels.threads.Scratch;
import dev.millrace.kernels.threads.Team;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class QuantizedLinearTest {
    private static final int DEPTH = 48;

    @Property(tries = 100)
    void anElementIsOffByNoMoreThanHalfAStepOfEachNumber(
            @ForAll @IntRange(min = 1, max = 20) int rows,
            @ForAll @IntRange(min = 1, max = 6) int sixteenths,
            @ForAll @IntRange(min = 1, max = 4) int threads,
            @ForAll @IntRange(min = -3, max = 3) int magnitude,
            @ForAll long seed) {
        // Given rows far from zero, too
        SplittableRandom random = new SplittableRandom(seed);
        float[] x = values(random, rows * DEPTH, Math.pow(10, magnitude), random.nextDouble(-1, 2));
        float[] weight = values(random, 16 * sixteenths * DEPTH, 0.3, 0);
        float[] bias = values(random, 16 * sixteenths, 1, 0);

        // When
        float[] product = multiply(new QuantizedLinear(weight, bias, new PlainIntegerProducts()), x, rows, threads);

        // Then
        for (int row = 0; row < rows; row++) {
            float[] values = Arrays.copyOfRange(x, row * DEPTH, (row + 1) * DEPTH);
            for (int column = 0; column < bias.length; column++) {
                float[] weights = Arrays.copyOfRange(weight, column * DEPTH, (column + 1) * DEPTH);
                assertThat((double) product[row * bias.length + column])
                        .as("row %d, column %d", row, column)
                        .isCloseTo(bias[column] + dot(values, weights), within(bound(values, weights)));
            }
        }
    }

    @Example
    void aRowOfOneValueAndAColumnOfZerosAreExact() {
        // Given
        float[] x = new float[DEPTH];
        Arrays.fill(x, 0.7f);
        float[] bias = values(new SplittableRandom(1), 16, 1, 0);

        // When
        float[] product =
                multiply(new QuantizedLinear(new float[16 * DEPTH], bias, new PlainIntegerProducts()), x, 1, 1);

        // Then
        assertThat(product).isEqualTo(bias);
    }

    private static float[] multiply(QuantizedLinear linear, float[] x, int rows, int threads) {
        QuantizedRows quantized = new QuantizedRows(DEPTH);
        quantized.grow(rows);
        Scratch scratch = new Scratch();
        Sums sums = new Sums(0);
        for (int row = 0; row < rows; row++) {
            quantized.round(row, x, row * DEPTH, scratch);
        }
        float[] product = new float[rows * linear.columns()];
        try (Team team = new Team(threads)) {
            linear.multiply(quantized, rows, sums, team);
        }
        for (int row = 0; row < rows; row++) {
            linear.restore(row, quantized, sums, scratch, product, row * linear.columns());
        }
        return product;
    }

    /** Half a step of each value times its weight, of each weight times its value, and of both together; and floats' own digits. */
    private static double bound(float[] values, float[] weights) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        double heaviest = 0;
        double sizes = 0;
        double loads = 0;
        for (int i = 0; i < DEPTH; i++) {
            low = Math.min(low, values[i]);
            high = Math.max(high, values[i]);
            heaviest = Math.max(heaviest, Math.abs(weights[i]));
            sizes += Math.abs(values[i]);
            loads += Math.abs(weights[i]);
        }
        double half = (high - low) / 255 / 2;
        double halfWeight = heaviest / 127 / 2;
        return half * loads + halfWeight * sizes + half * halfWeight * DEPTH + 1e-5 * (1 + sizes);
    }

    private static double dot(float[] values, float[] weights) {
        double sum = 0;
        for (int i = 0; i < DEPTH; i++) {
            sum += (double) values[i] * weights[i];
        }
        return sum;
    }

    private static float[] values(SplittableRandom random, int count, double scale, double shift) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (scale * (random.nextDouble(-1, 1) + shift));
        }
        return values;
    }
}
