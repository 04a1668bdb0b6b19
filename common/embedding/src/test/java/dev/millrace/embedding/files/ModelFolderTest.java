package dev.millrace.embedding.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.embedding.model.Pooling;
import dev.millrace.embedding.model.UnsupportedModelException;
import dev.millrace.embedding.train.FamilyModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFolderTest {
    private static final String TRANSFORMER =
            "{\"idx\": 0, \"path\": \"\", \"type\": \"sentence_transformers.models.Transformer\"}";
    private static final String POOLING =
            "{\"idx\": 1, \"path\": \"1_Pooling\", \"type\": \"sentence_transformers.models.Pooling\"}";
    private static final String NORMALIZE =
            "{\"idx\": 2, \"path\": \"2_Normalize\", \"type\": \"sentence_transformers.models.Normalize\"}";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @BeforeEach
    void aModel() {
        FamilyModels.write(folder, "mpnet", "");
    }

    @ParameterizedTest
    @CsvSource({
        "model_type, distilbert, 'bert, roberta, xlm-roberta, camembert, mpnet, modernbert, qwen3, gemma3_text, nomic_bert, new'",
        "model_type, t5, 'bert, roberta, xlm-roberta, camembert, mpnet, modernbert, qwen3, gemma3_text, nomic_bert, new'",
        "hidden_act, swish, 'gelu, gelu_new, gelu_pytorch_tanh, relu, silu'",
        "position_embedding_type, relative_key, absolute",
        "relative_attention_num_buckets, 64, 32",
        "is_decoder, true, false"
    })
    void anArchitectureThatIsNotComputedIsRefusedByKeyAndValue(String key, String value, String supported)
            throws IOException {
        // Given
        change("config.json", key, value);

        // When, Then
        assertThatThrownBy(() -> ModelFolder.read(folder))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessage("config.json: %s is \"%s\"; supported: %s", key, value, supported);
    }

    static Stream<Arguments> othersVectors() {
        String modules = "modules.json";
        String dense = "{\"idx\": 2, \"path\": \"2_Dense\", \"type\": \"sentence_transformers.models.Dense\"}";
        String layers = POOLING.replace("Pooling\"}", "WeightedLayerPooling\"}");
        String own = "{\"idx\": 0, \"path\": \"\", \"type\": \"my_code.Transformer\"}";
        String deeper = TRANSFORMER.replace("\"path\": \"\"", "\"path\": \"0_Transformer\"");
        String pooling = "1_Pooling/config.json";
        return Stream.of(
                arguments(
                        modules, list(TRANSFORMER, dense, POOLING), "1.type is \"sentence_transformers.models.Dense\""),
                arguments(modules, list(TRANSFORMER, POOLING, NORMALIZE, dense), "3.type is \"sentence_transformers"),
                arguments(modules, list(TRANSFORMER, POOLING, layers, NORMALIZE), "2.type is \"sentence_transformers"),
                arguments(modules, list(own, POOLING, NORMALIZE), "0.type is \"my_code.Transformer\""),
                arguments(modules, list(TRANSFORMER), "1.type is \"\""),
                arguments(modules, list(deeper, POOLING, NORMALIZE), "0.path is \"0_Transformer\""),
                arguments(pooling, "{\"pooling_mode_attention\": true}", "pooling_mode is \"attention\""),
                arguments(pooling, "{\"pooling_mode\": \"median\"}", "pooling_mode is \"median\""),
                arguments(pooling, "{\"pooling_mode\": [\"mean\", \"cls\"]}", "pooling_mode is \"cls and mean\""),
                arguments(
                        pooling,
                        "{\"pooling_mode_mean_tokens\": true, \"pooling_mode_weightedmean_tokens\": true}",
                        "pooling_mode is \"mean and weightedmean\""),
                arguments("sentence_bert_config.json", "{\"do_lower_case\": true}", "do_lower_case is \"true\""),
                arguments(
                        "config_sentence_transformers.json",
                        "{\"prompts\": {\"query\": \"query: \"}, \"default_prompt_name\": \"sts\"}",
                        "default_prompt_name is \"sts\""),
                arguments(
                        "config_sentence_transformers.json",
                        "{\"prompts\": {\"query\": [\"query: \"]}}",
                        "prompts.query is \"[\"query: \"]\""));
    }

    @ParameterizedTest
    @MethodSource("othersVectors")
    void whatWouldMakeSentenceTransformersVectorsOthersIsRefusedByName(String file, String content, String message)
            throws IOException {
        // Given
        sentenceTransformers();
        Files.writeString(folder.resolve(file), content);

        // When, Then
        assertThatThrownBy(() -> ModelFolder.read(folder))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageStartingWith(file + ": " + message)
                .hasMessageContaining("supported");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pytorch_model.bin.index.json", "pytorch_model.bin"})
    void otherFilesOfWeightsAreRefusedByName(String file) throws IOException {
        // Given
        Files.move(folder.resolve("model.safetensors"), folder.resolve(file));

        // When, Then
        assertThatThrownBy(() -> ModelFolder.read(folder))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageStartingWith(file + " is not read; supported: model.safetensors, or several");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "tokenizer.json", "model.safetensors"})
    void aMissingFileIsNamed(String file) throws IOException {
        // Given
        Files.delete(folder.resolve(file));

        // When, Then
        assertThatThrownBy(() -> ModelFolder.read(folder))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageStartingWith(file + " is missing");
    }

    @Test
    void poolingThatModulesNameMustBeThere() throws IOException {
        // Given
        sentenceTransformers();
        Files.delete(folder.resolve("1_Pooling/config.json"));

        // When, Then
        assertThatThrownBy(() -> ModelFolder.read(folder))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageStartingWith("1_Pooling/config.json is missing");
    }

    @Test
    void aPoolingThatLeavesPromptsOutIsRefusedWhereThereAreSome() throws IOException {
        // Given
        sentenceTransformers();
        Files.writeString(
                folder.resolve("1_Pooling/config.json"), "{\"pooling_mode\": \"cls\", \"include_prompt\": false}");
        Path prompts = folder.resolve("config_sentence_transformers.json");
        Files.writeString(
                prompts, "{\"prompts\": {\"query\": \"\", \"document\": \"\"}, \"default_prompt_name\": null}");
        assertThat(ModelFolder.read(folder).prompts().areNone()).isTrue();
        Files.writeString(prompts, "{\"prompts\": {\"query\": \"query: \"}}");

        // When, Then
        assertThatThrownBy(() -> ModelFolder.read(folder))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessage("1_Pooling/config.json: include_prompt is \"false\"; supported: true where"
                        + " config_sentence_transformers.json has prompts");
    }

    @Test
    void theModulesOfNewerVersionsAreKnown() throws IOException {
        // Given
        sentenceTransformers();
        Files.writeString(
                folder.resolve("modules.json"),
                list(
                        TRANSFORMER.replace("models.", "base.modules.transformer."),
                        POOLING.replace("models.", "sentence_transformer.modules.pooling."),
                        NORMALIZE.replace("models.", "base.modules.normalize.")));
        Files.writeString(
                folder.resolve("1_Pooling/config.json"), "{\"pooling_mode\": \"cls\", \"include_prompt\": true}");

        // When
        ModelFolder model = ModelFolder.read(folder);

        // Then
        assertThat(model.pooling()).isEqualTo(Pooling.CLS);
    }

    @ParameterizedTest
    @CsvSource({
        "pooling_mode_cls_token, cls, CLS",
        "pooling_mode_mean_tokens, mean, MEAN",
        "pooling_mode_max_tokens, max, MAX",
        "pooling_mode_mean_sqrt_len_tokens, mean_sqrt_len_tokens, MEAN_SQRT_LEN",
        "pooling_mode_weightedmean_tokens, weightedmean, WEIGHTED_MEAN",
        "pooling_mode_lasttoken, lasttoken, LAST"
    })
    void aPoolingIsKnownByItsFlagAndItsMode(String flag, String mode, Pooling expected) throws IOException {
        // Given
        sentenceTransformers();
        for (String content : List.of("{\"" + flag + "\": true}", "{\"pooling_mode\": \"" + mode + "\"}")) {
            Files.writeString(folder.resolve("1_Pooling/config.json"), content);

            // When
            ModelFolder model = ModelFolder.read(folder);

            // Then
            assertThat(model.pooling()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPoolingThatIsWrittenIsRead(Pooling pooling) throws IOException {
        // Given
        new SentenceTransformersFiles(folder, pooling, 64).write(32);

        // When
        ModelFolder model = ModelFolder.read(folder);

        // Then
        assertThat(model.pooling()).isEqualTo(pooling);
        assertThat(JSON.readTree(folder.resolve("1_Pooling/config.json").toFile()))
                .filteredOn(JsonNode::asBoolean)
                .as("32 dimensions and one flag")
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "sentence_bert_config.json, max_seq_length, 24, 24",
        "sentence_bert_config.json, max_seq_length, 999, 178",
        "tokenizer_config.json, model_max_length, 100, 100",
        "tokenizer_config.json, model_max_length, 1e30, 178"
    })
    void theLongestTextIsWhatIsSaidAndFitsThePositions(String file, String key, String stated, int expected)
            throws IOException {
        // Given 180 rows of positions, of which the first two are padding's
        Files.writeString(folder.resolve(file), "{\"" + key + "\": " + stated + "}");

        // When
        ModelFolder model = ModelFolder.read(folder);

        // Then
        assertThat(model.maxTokens()).isEqualTo(expected);
    }

    private void sentenceTransformers() throws IOException {
        Files.createDirectories(folder.resolve("1_Pooling"));
        Files.writeString(folder.resolve("modules.json"), list(TRANSFORMER, POOLING, NORMALIZE));
        Files.writeString(folder.resolve("1_Pooling/config.json"), "{\"pooling_mode_mean_tokens\": true}");
    }

    private static String list(String... modules) {
        return "[" + String.join(", ", modules) + "]";
    }

    private void change(String file, String key, String value) throws IOException {
        Path path = folder.resolve(file);
        ObjectNode json = (ObjectNode) JSON.readTree(path.toFile());
        JSON.writeValue(path.toFile(), json.put(key, value));
    }
}
