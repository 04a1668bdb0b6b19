package dev.millrace.embedding.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedding.model.UnsupportedModelException;
import dev.millrace.embedding.train.StaticModels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaticEmbeddingFilesTest {
    @TempDir
    Path folder;

    private Path weights;

    @BeforeEach
    void aModel2vecFolder() {
        StaticModels.write(folder, "model2vec");
        weights = folder.resolve("model.safetensors");
    }

    @ParameterizedTest
    @CsvSource({"weights, F32, 4", "mapping, I64, 8"})
    void whatSentenceTransformersWouldLeaveOutIsRefusedByItsName(String name, String type, int bytes)
            throws IOException {
        // Given
        Map<String, Safetensors.Stored> tensors = new LinkedHashMap<>(Safetensors.stored(Safetensors.read(weights)));
        tensors.put(name, new Safetensors.Stored(type, new long[] {1}, ByteBuffer.allocate(bytes)));
        Files.delete(weights);
        Safetensors.writeStored(weights, tensors);

        // When, Then
        assertRefused("model.safetensors: " + name + " is not read");
    }

    @Test
    void anotherTableIsRefused() throws IOException {
        // Given
        Map<String, Safetensors.Tensor> tensors =
                Map.of("vectors", Safetensors.read(weights).get("embeddings"));
        Files.delete(weights);
        Safetensors.write(weights, tensors);

        // When, Then
        assertRefused("model.safetensors: embedding.weight is missing, and so is embeddings");
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.safetensors", "tokenizer.json"})
    void aMissingFileIsNamed(String file) throws IOException {
        // Given
        Files.delete(folder.resolve(file));

        // When, Then
        assertRefused(file + " is missing");
    }

    @Test
    void aModel2vecFolderIsReadByItsModules() throws IOException {
        // Given
        Files.delete(folder.resolve("modules.json"));

        // When, Then
        assertRefused("modules.json: a model2vec folder is read by it");
    }

    @Test
    void whatFollowsAStaticEmbeddingIsDenseOrNormalize() throws IOException {
        // Given
        Files.writeString(folder.resolve("modules.json"), """
                [{"path": ".", "type": "sentence_transformers.models.StaticEmbedding"},
                 {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}]""");

        // When, Then
        assertRefused("modules.json: 1.type is \"sentence_transformers.models.Pooling\"");
    }

    @ParameterizedTest
    @CsvSource({"nested, 131072", "rooted, 20", "model2vec, 512"})
    void theLongestTextIsWhatTheTokenizerCutsAtOrAsLongAsAnEvent(String name, int tokens) {
        // When
        ModelFolder model = ModelFolder.read(StaticModels.write(folder.resolve(name), name));

        // Then
        assertThat(model.maxTokens()).isEqualTo(tokens);
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> ModelFolder.read(folder))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageStartingWith(message);
    }
}
