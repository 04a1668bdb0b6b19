package dev.millrace.embedding.files;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedding.model.UnsupportedModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenseLayerTest {
    private static final Path MODULE = Path.of("2_Dense");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'in_features': 3 | in_features is \"3\"; supported: 2, as many as it is given",
                "'in_features': 2, 'module_input_name': 'token_embeddings' | module_input_name is \"token_embeddings\"; supported: sentence_embedding",
                "'in_features': 2, 'out_features': 1, 'activation_function': 'my.Tanh' | activation_function is \"my.Tanh\"; supported: of torch.nn Identity, Tanh, ReLU, GELU, Sigmoid"
            })
    void whatIsNotComputedIsRefusedByFileAndKey(String settings, String reason) throws IOException {
        // Given
        write(settings, 1, 2);

        // When, Then
        assertThatThrownBy(() -> DenseLayer.read(folder, MODULE, 2))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessage("2_Dense/config.json: " + reason);
    }

    @Test
    void weightsOfAnotherShapeAreRefused() throws IOException {
        // Given
        write("'in_features': 2, 'out_features': 3", 1, 2);

        // When, Then
        assertThatThrownBy(() -> DenseLayer.read(folder, MODULE, 2))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessage("2_Dense/model.safetensors: linear.weight is [1, 2], but by its config.json it is [3, 2]");
    }

    @Test
    void aBiasThatIsNotThereIsNamed() throws IOException {
        // Given
        write("'in_features': 2, 'out_features': 1", 1, 2);

        // When, Then
        assertThatThrownBy(() -> DenseLayer.read(folder, MODULE, 2))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessage("2_Dense/model.safetensors: linear.bias is missing");
    }

    private void write(String settings, long out, long in) throws IOException {
        Files.createDirectories(folder.resolve(MODULE));
        Files.writeString(folder.resolve(MODULE).resolve("config.json"), "{" + settings.replace('\'', '"') + "}");
        Safetensors.Tensor weight =
                new Safetensors.Tensor(new long[] {out, in}, ByteBuffer.allocate((int) (out * in) * Float.BYTES));
        Safetensors.write(folder.resolve(MODULE).resolve("model.safetensors"), Map.of("linear.weight", weight));
    }
}
