package dev.millrace.kernels.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.kernels.threads.RowGroups;
import dev.millrace.kernels.vector.Shapes;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PanelsTest {

    @Property(tries = 60)
    void everyElementIsItsRowTimesItsColumnPlusBias(
            @ForAll @IntRange(min = 1, max = 40) int rows,
            @ForAll @IntRange(min = 1, max = 500) int depth,
            @ForAll @IntRange(min = 1, max = 70) int columns,
            @ForAll boolean halves,
            @ForAll long seed) {
        // Given
        SplittableRandom random = new SplittableRandom(seed);
        float[] x = values(random, rows * depth);
        float[] weight = values(random, columns * depth);
        float[] bias = values(random, columns);
        Panels panels = Panels.of(weight, bias, format(halves));

        // When
        float[] product = multiply(panels, x, rows, depth);

        // Then
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double expected = bias[column];
                for (int k = 0; k < depth; k++) {
                    expected += (double) x[row * depth + k] * kept(weight[column * depth + k], halves);
                }
                assertThat((double) product[row * panels.width() + column])
                        .as("row %d, column %d", row, column)
                        .isCloseTo(expected, within(1e-5 * depth));
            }
        }
    }

    @Property(tries = 30)
    void aRowHasTheSameBitsWhateverIsBesideIt(
            @ForAll @IntRange(min = 2, max = 40) int rows, @ForAll boolean halves, @ForAll long seed) {
        // Given
        int depth = 400;
        SplittableRandom random = new SplittableRandom(seed);
        float[] x = values(random, rows * depth);
        Panels panels = Panels.of(values(random, 48 * depth), values(random, 48), format(halves));
        float[] all = multiply(panels, x, rows, depth);

        // When
        float[] alone = multiply(panels, Arrays.copyOfRange(x, (rows - 1) * depth, rows * depth), 1, depth);

        // Then
        for (int column = 0; column < 48; column++) {
            assertThat(alone[column]).isEqualTo(all[(rows - 1) * panels.width() + column]);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 3f80",
        "-2, c000",
        "1.00390625, 3f80",
        "1.01171875, 3f82",
        "3.3895314e38, 7f7f",
        "3.4e38, 7f80",
        "Infinity, 7f80"
    })
    void aWeightBecomesTheNearestBfloat16TiesToEven(float value, String bits) {
        // When
        int rounded = Bf16Panels.rounded(value);

        // Then
        assertThat(Integer.toHexString(rounded & 0xFFFF)).isEqualTo(bits);
    }

    @Test
    void whatIsNotANumberStaysNone() {
        // When
        int rounded = Bf16Panels.rounded(Float.NaN);

        // Then
        assertThat(Float.intBitsToFloat(rounded << 16)).isNaN();
    }

    private static WeightFormat format(boolean halves) {
        return halves ? new WeightFormat.Bf16() : new WeightFormat.Fp32();
    }

    private static float kept(float weight, boolean halves) {
        return halves ? Float.intBitsToFloat(Bf16Panels.rounded(weight) << 16) : weight;
    }

    private static float[] multiply(Panels panels, float[] x, int rows, int depth) {
        RowGroups groups = new RowGroups(rows);
        float[] padded = Arrays.copyOf(x, groups.padded() * depth);
        float[] packed = new float[padded.length];
        for (int first = 0; first < rows; first += Shapes.ROWS) {
            groups.layGroup(padded, first * depth, depth, depth, packed, first, 0, depth);
        }
        float[] out = new float[groups.padded() * panels.width()];
        for (int panel = 0; panel < panels.count(); panel++) {
            panels.multiply(panel, packed, groups, out);
        }
        return out;
    }

    private static float[] values(SplittableRandom random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }
}
