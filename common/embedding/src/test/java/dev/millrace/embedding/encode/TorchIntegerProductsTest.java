package dev.millrace.embedding.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.files.Models;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.torch.TorchModule;
import dev.millrace.embedding.train.TrainableEncoder;
import dev.millrace.kernels.product.IntegerProducts;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TorchIntegerProductsTest {
    private static final EncoderOptions OPTIONS = EncoderOptions.cpu(2).with(Precision.INT8);

    @BeforeEach
    void thisProcessorMultipliesWholeNumbers() {
        assumeThat(Encoder.impediment(Precision.INT8, "cpu")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 16, 0, 16", "3, 48, 16, 48", "12, 384, 0, 48", "130, 1536, 16, 32"})
    void productsAreExactForThePartOfTheColumnsAskedFor(int rows, int depth, int from, int to) {
        // Given
        SplittableRandom random = new SplittableRandom(rows);
        byte[] x = numbers(random, rows * depth);
        byte[] weight = numbers(random, 48 * depth);
        try (PtNDManager manager = TorchModule.manager("cpu", 2);
                TorchIntegerProducts products = new TorchIntegerProducts(manager, 2)) {
            IntegerProducts.Weights weights = products.weights(weight, 48, depth);

            // When
            IntBuffer sums = weights.times(1, direct(x), rows, from, to);

            // Then
            for (int row = 0; row < rows; row++) {
                for (int column = from; column < to; column++) {
                    assertThat(sums.get(row * (to - from) + column - from))
                            .as("row %d, column %d", row, column)
                            .isEqualTo(product(x, row, weight, column, depth));
                }
            }
        }
    }

    @Test
    void lanesMultiplyAtOnce() {
        // Given
        SplittableRandom random = new SplittableRandom(7);
        byte[] x = numbers(random, 64 * 96);
        byte[] weight = numbers(random, 48 * 96);
        try (PtNDManager manager = TorchModule.manager("cpu", 2);
                TorchIntegerProducts products = new TorchIntegerProducts(manager, 4)) {
            IntegerProducts.Weights weights = products.weights(weight, 48, 96);

            // When
            CompletableFuture<?>[] lanes = IntStream.range(0, 4)
                    .mapToObj(lane -> CompletableFuture.runAsync(() -> {
                        for (int i = 0; i < 200; i++) {
                            IntBuffer sums = weights.times(lane, direct(x), 64, 0, 48);
                            assertThat(sums.get(lane * 48 + lane)).isEqualTo(product(x, lane, weight, lane, 96));
                        }
                    }))
                    .toArray(CompletableFuture[]::new);

            // Then
            CompletableFuture.allOf(lanes).join();
        }
    }

    @Test
    void trainingInWholeNumbersIsRefused() {
        // Given
        Path folder = Models.miniLm();

        // When
        assertThatThrownBy(() -> TrainableEncoder.load(folder, OPTIONS))

                // Then
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("precision int8 is for encoding");
    }

    @Test
    void aGpuIsRefused() {
        // Given
        EncoderOptions cuda = new EncoderOptions("cuda", Precision.INT8, 2, EncoderOptions.TOKEN_BUDGET);

        // When
        assertThatThrownBy(() -> Encoder.load(Models.miniLm(), cuda))

                // Then
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("precision int8: is for the device cpu, not cuda");
    }

    private static byte[] numbers(SplittableRandom random, int count) {
        byte[] numbers = new byte[count];
        random.nextBytes(numbers);
        numbers[0] = Byte.MIN_VALUE;
        return numbers;
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private static int product(byte[] x, int row, byte[] weight, int column, int depth) {
        int sum = 0;
        for (int k = 0; k < depth; k++) {
            sum += x[row * depth + k] * weight[column * depth + k];
        }
        return sum;
    }
}
