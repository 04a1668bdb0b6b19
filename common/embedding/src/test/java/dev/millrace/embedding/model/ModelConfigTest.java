package dev.millrace.embedding.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.embedding.train.FamilyModels;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelConfigTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aLayersPartsAreListedInOneOrderAndTheNormAboveIsTheTopOnes() {
        // When
        List<String> names = FamilyModels.config("networks", "modernbert").parameters();

        // Then
        assertThat(names)
                .startsWith(
                        "embeddings.tok_embeddings.weight",
                        "embeddings.norm.weight",
                        "layers.0.attn.Wqkv.weight",
                        "layers.0.attn.Wo.weight",
                        "layers.0.mlp.Wi.weight",
                        "layers.0.mlp.Wo.weight",
                        "layers.0.mlp_norm.weight",
                        "layers.1.attn.Wqkv.weight",
                        "layers.1.attn.Wo.weight",
                        "layers.1.attn_norm.weight")
                .endsWith("layers.3.mlp_norm.weight", "final_norm.weight");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 2", "2, 7", "3, 13"})
    void whatIsFrozenIsCountedLayerByLayer(int depth, int parameters) {
        // Given a model whose first layer has a norm less
        ModelConfig config = FamilyModels.config("networks", "modernbert");

        // When
        int frozen = config.frozen(depth);

        // Then
        assertThat(frozen).isEqualTo(parameters);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "bert; is_decoder; true; is_decoder is \"true\"; supported: false",
                "modernbert; mlp_dropout; 0.1; mlp_dropout is \"0.1\"; supported: 0",
                "modernbert; layer_types; [\"full_attention\"]; layer_types lists 1 of 4 layers; ",
                "modernbert; rope_scaling; {\"type\":\"yarn\"}; rope_scaling is \"{\"type\":\"yarn\"}\"; supported: null",
                "qwen3; use_sliding_window; true; use_sliding_window is \"true\"; supported: false",
                "qwen3; num_key_value_heads; 3; num_attention_heads 4 is not a multiple of num_key_value_heads 3; ",
                "qwen3; rope_parameters; {\"rope_type\":\"yarn\"}; rope_type is \"yarn\"; supported: default",
                "embeddinggemma; layer_types; [\"chunked\",\"chunked\",\"chunked\"]; layer_types is \"chunked\"; "
                        + "supported: full_attention, sliding_attention",
                "nomic-bert; prenorm; true; prenorm is \"true\"; supported: false",
                "nomic-bert; rotary_emb_fraction; 0.5; rotary_emb_fraction is \"0.5\"; supported: 1.0",
                "nomic-bert; activation_function; \"glu\"; activation_function is \"glu\"; supported: geglu, swiglu",
                "gte-new; layer_norm_type; \"rms_norm\"; layer_norm_type is \"rms_norm\"; supported: layer_norm",
                "gte-new; rope_scaling; {\"type\":\"linear\"}; type is \"linear\"; supported: ntk"
            })
    void whatIsNotComputedIsRefusedByItsKey(String family, String key, String value, String said, String supported)
            throws IOException {
        // Given
        ObjectNode json = family.equals("bert")
                ? JSON.createObjectNode().put("model_type", "bert")
                : FamilyModels.golden("networks")
                        .path("models")
                        .path(family)
                        .path("config")
                        .deepCopy();
        json.set(key, JSON.readTree(value));

        // When
        assertThatThrownBy(() -> ModelConfig.of(json))

                // Then
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessage("config.json: " + said + (supported == null ? "" : "; " + supported));
    }

    @Test
    void basesOfRotaryWavesAreReadAsNewerFilesKeepThem() throws IOException {
        // Given
        ObjectNode json = FamilyModels.golden("networks")
                .path("models")
                .path("modernbert")
                .path("config")
                .deepCopy();
        ModelConfig older = ModelConfig.of(json);
        json.remove(List.of("global_rope_theta", "local_rope_theta", "global_attn_every_n_layers"));
        json.set("rope_parameters", JSON.readTree("""
                {"full_attention": {"rope_type": "default", "rope_theta": 160000.0},
                 "sliding_attention": {"rope_type": "default", "rope_theta": 100.0}}
                """));
        json.set("layer_types", JSON.readTree("""
                ["full_attention", "sliding_attention", "sliding_attention", "full_attention"]
                """));

        // When
        ModelConfig newer = ModelConfig.of(json);

        // Then
        assertThat(newer).isEqualTo(older);
    }
}
