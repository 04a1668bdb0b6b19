package dev.millrace.embedding.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.files.Safetensors.Tensor;
import dev.millrace.embedding.model.UnsupportedModelException;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.train.FamilyModels;
import dev.millrace.embedding.train.TrainableEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights in the files, under the names and in the number formats that published folders have. */
class WeightFilesTest {
    private static final String INDEX = "model.safetensors.index.json";
    private static final String WORDS = "embeddings.word_embeddings.weight";
    private static final EncoderOptions OPTIONS = EncoderOptions.cpu(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private Path model;
    private float[] expected;

    @BeforeEach
    void aModel() {
        model = FamilyModels.write(folder.resolve("model"), "roberta", "");
        expected = vector(model);
    }

    @Test
    void weightsInSeveralFilesAreThoseOfOne() throws IOException {
        // Given
        divide();

        // When
        float[] vector = vector(model);

        // Then
        assertThat(vector).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"copied", "trained"})
    void aFolderMadeOfThemHasOneFile(String how) throws IOException {
        // Given
        divide();
        Path made = folder.resolve(how);

        // When
        if (how.equals("copied")) {
            ModelFiles.copy(model, made);
        } else {
            try (TrainableEncoder encoder = TrainableEncoder.load(model, OPTIONS)) {
                encoder.save(made);
            }
        }

        // Then
        assertThat(vector(made)).containsExactly(expected);
        assertThat(made.resolve(INDEX)).doesNotExist();
        assertThat(made.resolve("model.safetensors")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"roberta.", "model.", "0.auto_model."})
    void namesMayBeginWithAnything(String prefix) throws IOException {
        // Given
        rename(name -> prefix + name);

        // When
        float[] vector = vector(model);

        // Then
        assertThat(vector).containsExactly(expected);
    }

    @Test
    void twoEncodersInOneFileAreRefused() throws IOException {
        // Given
        rename(name -> "query_model." + name);
        Map<String, Tensor> both = new LinkedHashMap<>(Safetensors.read(model.resolve("model.safetensors")));
        Safetensors.read(model.resolve("model.safetensors"))
                .forEach((name, tensor) -> both.put(name.replace("query_", "passage_"), tensor));
        write(both);

        // When, Then
        assertThatThrownBy(() -> vector(model))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessage(
                        "model.safetensors: query_model.%s and passage_model.%s are of two encoders; supported: one",
                        WORDS, WORDS);
    }

    /** As safetensors' save_model writes tensors that are one. */
    @Test
    void ofTensorsThatAreOneTheOneThatWasKeptCountsForBoth() throws IOException {
        // Given
        String kept = "cls.predictions.decoder.weight";
        rename(name -> name.equals(WORDS) ? kept : name);
        metadata(WORDS, kept);

        // When
        float[] vector = vector(model);

        // Then
        assertThat(vector).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | weight_map names no file",
                "{\"weight_map\": {\"a\": \"../model.safetensors\"}} | weight_map is \"../model.safetensors\"; supported: names of safetensors files beside it",
                "{\"weight_map\": {\"a\": \"pytorch_model.bin\"}} | weight_map is \"pytorch_model.bin\"; supported: names of safetensors files beside it"
            })
    void anIndexThatNamesOtherFilesIsRefused(String index, String reason) throws IOException {
        // Given
        Files.delete(model.resolve("model.safetensors"));
        Files.writeString(model.resolve(INDEX), index);

        // When, Then
        assertThatThrownBy(() -> ModelFolder.read(model))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessage(INDEX + ": " + reason);
    }

    @Test
    void aFileThatTheIndexNamesMustBeThere() throws IOException {
        // Given
        divide();
        Files.delete(model.resolve("model-2.safetensors"));

        // When, Then
        assertThatThrownBy(() -> ModelFolder.read(model))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageStartingWith("model-2.safetensors is missing")
                .hasMessageEndingWith(INDEX + " names it in weight_map");
    }

    private static float[] vector(Path model) {
        try (Encoder encoder = Encoder.load(model, OPTIONS)) {
            return encoder.encode(List.of(new Tokens(new int[] {5, 9, 17, 23, 6}, false)))[0];
        }
    }

    private void divide() throws IOException {
        Map<String, Tensor> all = Safetensors.read(model.resolve("model.safetensors"));
        List<Map<String, Tensor>> parts = List.of(new LinkedHashMap<>(), new LinkedHashMap<>());
        ObjectNode index = JSON.createObjectNode();
        ObjectNode places = index.putObject("weight_map");
        for (String name : all.keySet()) {
            int part = name.contains("layer.1") ? 1 : 0;
            parts.get(part).put(name, all.get(name));
            places.put(name, "model-" + (part + 1) + ".safetensors");
        }
        for (int part = 0; part < 2; part++) {
            Safetensors.write(model.resolve("model-" + (part + 1) + ".safetensors"), parts.get(part));
        }
        JSON.writeValue(model.resolve(INDEX).toFile(), index);
        Files.delete(model.resolve("model.safetensors"));
    }

    private void rename(UnaryOperator<String> names) throws IOException {
        Map<String, Tensor> renamed = new LinkedHashMap<>();
        Safetensors.read(model.resolve("model.safetensors"))
                .forEach((name, tensor) -> renamed.put(names.apply(name), tensor));
        write(renamed);
    }

    /** Beside the file first, since what is read of it is read from the disk. */
    private void write(Map<String, Tensor> tensors) throws IOException {
        Path beside = folder.resolve("beside.safetensors");
        Safetensors.write(beside, tensors);
        Files.delete(model.resolve("model.safetensors"));
        Files.move(beside, model.resolve("model.safetensors"));
    }

    private void metadata(String key, String value) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(model.resolve("model.safetensors")))
                .order(ByteOrder.LITTLE_ENDIAN);
        byte[] header = new byte[(int) file.getLong()];
        file.get(header);
        ObjectNode names = (ObjectNode) JSON.readTree(header);
        ((ObjectNode) names.path("__metadata__")).put(key, value);
        byte[] changed = JSON.writeValueAsString(names).getBytes(StandardCharsets.UTF_8);
        ByteBuffer all =
                ByteBuffer.allocate(8 + changed.length + file.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        all.putLong(changed.length).put(changed).put(file);
        Files.delete(model.resolve("model.safetensors"));
        Files.write(model.resolve("model.safetensors"), all.array());
    }
}
