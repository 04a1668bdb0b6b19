package dev.millrace.embedding.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedding.model.UnsupportedModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {

    @TempDir
    Path folder;

    // Values of IEEE 754: one, least subnormal, least normal, largest, a third, zero, infinity.
    @ParameterizedTest
    @CsvSource({
        "F16, 3c00, 1",
        "F16, c000, -2",
        "F16, 0001, 5.960464477539063e-8",
        "F16, 0400, 0.00006103515625",
        "F16, 7bff, 65504",
        "F16, 3555, 0.333251953125",
        "F16, 8000, -0.0",
        "F16, fc00, -Infinity",
        "F16, 7e00, NaN",
        "BF16, 3f80, 1",
        "BF16, c049, -3.140625",
        "BF16, 0001, 9.183549615799121e-41",
        "BF16, ff80, -Infinity"
    })
    void halfPrecisionIsWidened(String type, String bits, Float expected) throws IOException {
        // Given
        Path file = file(type, 2, (short) Integer.parseInt(bits, 16));

        // When
        float value = Safetensors.read(file).get("weight").values().getFloat(0);

        // Then
        assertThat(value).isEqualTo(expected);
    }

    @Test
    void wholeNumbersAreNoWeights() throws IOException {
        // Given the position_ids of older folders
        Path file = file("I64", 8, (short) 1, (short) 0, (short) 0, (short) 0);

        // When
        Map<String, Safetensors.Tensor> tensors = Safetensors.read(file);

        // Then
        assertThat(tensors).isEmpty();
    }

    @Test
    void otherTypesAreRefusedByName() throws IOException {
        // Given
        Path file = file("F8_E4M3", 2, (short) 0);

        // When, Then
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessage("model.safetensors: weight is F8_E4M3; supported: F32, F16, BF16");
    }

    @Test
    void aFileCutShortIsRefused() throws IOException {
        // Given a header that tells of more than there is
        Path file = file("F16", 2);

        // When, Then
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageStartingWith("model.safetensors cannot be read");
    }

    private Path file(String type, int bytes, short... values) throws IOException {
        byte[] header = "{\"weight\":{\"dtype\":\"%s\",\"shape\":[1],\"data_offsets\":[0,%d]}}"
                .formatted(type, bytes)
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer all = ByteBuffer.allocate(8 + header.length + 2 * values.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header);
        for (short value : values) {
            all.putShort(value);
        }
        return Files.write(folder.resolve("model.safetensors"), all.array());
    }
}
