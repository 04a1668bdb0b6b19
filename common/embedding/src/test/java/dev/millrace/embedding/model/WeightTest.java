package dev.millrace.embedding.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.files.Models;
import dev.millrace.embedding.network.EncoderOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "hidden_size, 32, 64, 'embeddings.word_embeddings.weight is [30522, 32], but by config.json it is [30522, 64]'",
        "vocab_size, 30522, 30000, 'embeddings.word_embeddings.weight is [30522, 32], but by config.json it is [30000, 32]'",
        "max_position_embeddings, 64, 65, 'embeddings.position_embeddings.weight is [64, 32], but by config.json it is [65, 32]'",
        "intermediate_size, 64, 32, "
                + "'encoder.layer.0.intermediate.dense.weight is [64, 32], but by config.json it is [32, 32]'"
    })
    void weightsOfAnotherShapeThanTheConfigurationsAreRefusedByName(String key, int from, int to, String message)
            throws IOException {
        // Given
        Path model = Models.random(folder, 0);
        Path config = model.resolve("config.json");
        Files.writeString(
                config,
                Files.readString(config).replace("\"%s\": %d".formatted(key, from), "\"%s\": %d".formatted(key, to)));

        // When
        assertThatThrownBy(() -> Encoder.load(model, EncoderOptions.cpu(1)))

                // Then
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessage("model.safetensors: " + message);
    }
}
