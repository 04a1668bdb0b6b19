package dev.millrace.embedding.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.model.UnsupportedModelException;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.embedding.train.TrainableEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders as they are found. */
class ModelFilesTest {
    private static final EncoderOptions OPTIONS = EncoderOptions.cpu(2).with(Precision.FP32);

    @TempDir
    Path root;

    private Path model;

    @BeforeEach
    void aModel() {
        model = Models.random(root.resolve("model"), 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"as it is", "pooling elsewhere", "pooling deeper", "pooling linked", "folder linked", "old names"
            })
    void aFolderIsCopiedAndTrainedOnWholeWhateverItsShape(String shape) throws IOException {
        // Given
        float[] expected = vector(model);
        Path source = shaped(shape);

        // When
        Path copied = root.resolve("copied");
        ModelFiles.copy(source, copied);
        Path trained = root.resolve("trained");
        try (TrainableEncoder encoder = TrainableEncoder.load(copied, OPTIONS)) {
            encoder.save(trained);
        }

        // Then
        assertThat(vector(source)).isEqualTo(expected);
        assertThat(vector(copied)).isEqualTo(expected);
        assertThat(vector(trained)).isEqualTo(expected);
        assertThat(Safetensors.read(trained.resolve("model.safetensors")).keySet())
                .noneMatch(name -> name.endsWith("gamma") || name.endsWith("beta"));
    }

    private Path shaped(String shape) throws IOException {
        Path pooling = model.resolve("1_Pooling");
        switch (shape) {
            case "pooling elsewhere" -> move(pooling, "pooling");
            case "pooling deeper" -> move(pooling, "modules/the pooling");
            case "pooling linked" -> {
                Files.move(pooling, root.resolve("pooling"));
                Files.createSymbolicLink(pooling, root.resolve("pooling"));
            }
            case "folder linked" -> {
                return Files.createSymbolicLink(root.resolve("link"), model);
            }
            case "old names" -> {
                Map<String, Safetensors.Tensor> renamed = new LinkedHashMap<>();
                Safetensors.read(model.resolve("model.safetensors"))
                        .forEach((name, tensor) -> renamed.put(
                                "bert."
                                        + name.replace("LayerNorm.weight", "LayerNorm.gamma")
                                                .replace("LayerNorm.bias", "LayerNorm.beta"),
                                tensor));
                Path old = root.resolve("old.safetensors");
                Safetensors.write(old, renamed);
                Files.delete(model.resolve("model.safetensors"));
                Files.move(old, model.resolve("model.safetensors"));
            }
            default -> assertThat(shape).isEqualTo("as it is");
        }
        return model;
    }

    private void move(Path pooling, String path) throws IOException {
        Files.createDirectories(model.resolve(path).getParent());
        Files.move(pooling, model.resolve(path));
        Path modules = model.resolve("modules.json");
        Files.writeString(modules, Files.readString(modules).replace("1_Pooling", path));
    }

    @Test
    void aFolderThatAveragesLayersIsTrainedToOneThatDoes() throws IOException {
        // Given
        float[] top = vector(model);
        float[] expected = vector(Models.averagingLayers(model, 1, 0, 1));

        // When
        Path copied = root.resolve("copied");
        ModelFiles.copy(model, copied);
        Path trained = root.resolve("trained");
        try (TrainableEncoder encoder = TrainableEncoder.load(copied, OPTIONS)) {
            encoder.save(trained);
        }

        // Then
        assertThat(expected).isNotEqualTo(top);
        assertThat(vector(trained)).isEqualTo(expected);
        assertThat(trained.resolve("1_WeightedLayerPooling/model.safetensors"))
                .hasSameBinaryContentAs(model.resolve("1_WeightedLayerPooling/model.safetensors"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../elsewhere", "/etc", "1_Pooling/../../elsewhere"})
    void aModuleOutsideTheFolderIsRefused(String path) throws IOException {
        // Given
        Path modules = model.resolve("modules.json");
        Files.writeString(modules, Files.readString(modules).replace("1_Pooling", path));

        // When, Then
        assertThatThrownBy(() -> ModelFolder.read(model))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("modules.json: path is \"" + path + "\"");
    }

    @Test
    void whatIsNotTheModelsStaysBehind() throws IOException {
        // Given
        Files.writeString(model.resolve("notes of mine.md"), "private");
        Files.createDirectories(model.resolve("training-state"));
        Files.writeString(model.resolve("training-state/optimizer.json"), "{}");

        // When
        ModelFiles.copy(model, root.resolve("copied"));

        // Then
        assertThat(root.resolve("copied/model.safetensors")).exists();
        assertThat(root.resolve("copied/notes of mine.md")).doesNotExist();
        assertThat(root.resolve("copied/training-state")).doesNotExist();
    }

    private static float[] vector(Path folder) {
        try (TextTokenizer tokenizer = TextTokenizer.load(folder);
                Encoder encoder = Encoder.load(folder, OPTIONS)) {
            return encoder.encode(List.of(tokenizer.tokenize("where is paris")))[0];
        }
    }
}
