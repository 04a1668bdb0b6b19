package dev.millrace.embedding;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The architecture as {@code config.json} states it (Hugging Face names).
 *
 * @param layers transformer layers, at least 1
 * @param heads attention heads; divides {@code hidden}
 * @param hidden width of a token vector
 * @param intermediate width of the feed-forward layer
 * @param vocabulary number of token ids
 * @param maxPositions longest sequence the position table covers
 * @param epsilon LayerNorm's epsilon
 * @param dropout share of hidden values dropped in training, [0,1)
 * @param attentionDropout share of attention weights dropped in training, [0,1)
 */
public record ModelConfig(
        int layers,
        int heads,
        int hidden,
        int intermediate,
        int vocabulary,
        int maxPositions,
        double epsilon,
        double dropout,
        double attentionDropout) {

    /**
     * Reads and checks a {@code config.json}.
     *
     * @throws UnsupportedModelException naming the key that is missing or unsupported
     */
    static ModelConfig of(JsonNode json) {
        require(json, "model_type", "bert");
        require(json, "hidden_act", "gelu");
        if (json.has("position_embedding_type")) {
            require(json, "position_embedding_type", "absolute");
        }
        ModelConfig config = new ModelConfig(
                integer(json, "num_hidden_layers"),
                integer(json, "num_attention_heads"),
                integer(json, "hidden_size"),
                integer(json, "intermediate_size"),
                integer(json, "vocab_size"),
                integer(json, "max_position_embeddings"),
                json.path("layer_norm_eps").asDouble(1e-12),
                share(json, "hidden_dropout_prob"),
                share(json, "attention_probs_dropout_prob"));
        if (config.hidden % config.heads != 0) {
            throw new UnsupportedModelException("config.json: hidden_size " + config.hidden
                    + " is not a multiple of num_attention_heads " + config.heads);
        }
        return config;
    }

    ModelConfig withDropout(double share) {
        return new ModelConfig(layers, heads, hidden, intermediate, vocabulary, maxPositions, epsilon, share, share);
    }

    private static void require(JsonNode json, String key, String supported) {
        String value = json.path(key).asText("");
        if (!value.equals(supported)) {
            throw new UnsupportedModelException(
                    "config.json: " + key + " is \"" + value + "\"; supported is \"" + supported + "\"");
        }
    }

    private static int integer(JsonNode json, String key) {
        JsonNode value = json.path(key);
        if (!value.canConvertToInt() || value.asInt() < 1) {
            throw new UnsupportedModelException("config.json: " + key + " must be a whole number of at least 1");
        }
        return value.asInt();
    }

    private static double share(JsonNode json, String key) {
        double value = json.path(key).asDouble(0.1);
        if (!(value >= 0 && value < 1)) {
            throw new UnsupportedModelException("config.json: " + key + " must lie in [0, 1)");
        }
        return value;
    }
}
