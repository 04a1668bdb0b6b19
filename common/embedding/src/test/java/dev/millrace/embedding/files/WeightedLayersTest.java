package dev.millrace.embedding.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedding.model.UnsupportedModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightedLayersTest {
    @TempDir
    Path root;

    private Path model;

    @BeforeEach
    void aModel() {
        model = Models.random(root.resolve("model"), 0);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 1, 0", "0, 1, 1, 1", "0, 0.5, 0.5, 1"})
    void theLayerThatCountsAsMuchAsTheTopOneIsKnown(float first, float second, float third, int lower)
            throws IOException {
        // Given
        Models.averagingLayers(model, first, second, third);

        // When
        ModelFolder read = ModelFolder.read(model);

        // Then
        assertThat(read.lower()).hasValue(lower);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 1, 0", "0, 0, 1", "0, 1, 2", "0, 0, 0"})
    void otherWeightsAreRefused(float first, float second, float third) throws IOException {
        // Given
        Models.averagingLayers(model, first, second, third);

        // When
        assertThatThrownBy(() -> ModelFolder.read(model))

                // Then
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessage(
                        "1_WeightedLayerPooling/model.safetensors: layer_weights is \"%s %s %s from layer 0 on\"; supported: "
                                + "the same for layer 2, the top one, and for one other, 0 for the rest",
                        first, second, third);
    }

    @Test
    void weightsOfAnotherNumberOfLayersAreRefused() throws IOException {
        // Given
        Models.averagingLayers(model, 1, 0, 0, 1);

        // When
        assertThatThrownBy(() -> ModelFolder.read(model))

                // Then
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("layer_weights is \"1.0 0.0 0.0 1.0 from layer 0 on\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "model.safetensors"})
    void aMissingFileIsNamed(String file) throws IOException {
        // Given
        Files.delete(Models.averagingLayers(model, 1, 0, 1).resolve("1_WeightedLayerPooling/" + file));

        // When
        assertThatThrownBy(() -> ModelFolder.read(model))

                // Then
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageStartingWith("1_WeightedLayerPooling: ")
                .hasMessageContaining(file);
    }
}
