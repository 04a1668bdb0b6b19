package dev.millrace.embedding.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The architecture as {@code config.json} states it (Hugging Face names).
 *
 * @param architecture family, activation and where positions begin
 * @param layers transformer layers, at least 1
 * @param heads attention heads; divides {@code hidden}
 * @param hidden width of a token vector
 * @param intermediate width of the feed-forward layer
 * @param vocabulary number of token ids
 * @param maxPositions rows of the position table
 * @param epsilon LayerNorm's epsilon
 * @param dropout share of hidden values dropped in training, [0,1)
 * @param attentionDropout share of attention weights dropped in training, [0,1)
 */
public record ModelConfig(
        Architecture architecture,
        int layers,
        int heads,
        int hidden,
        int intermediate,
        int vocabulary,
        int maxPositions,
        double epsilon,
        double dropout,
        double attentionDropout) {
    private static final String FILE = "config.json";
    /** The number that transformers' MPNet computes with, whatever its configuration says. */
    private static final int RELATIVE_BUCKETS = 32;

    /**
     * Reads and checks a {@code config.json}.
     *
     * @throws UnsupportedModelException naming the key that is missing or unsupported
     */
    public static ModelConfig of(JsonNode json) {
        ModelConfig config = new ModelConfig(
                architecture(json),
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
            throw new UnsupportedModelException(FILE + ": hidden_size " + config.hidden
                    + " is not a multiple of num_attention_heads " + config.heads);
        }
        if (config.maxTokens() < 1) {
            throw new UnsupportedModelException(FILE + ": max_position_embeddings must be at least "
                    + (config.architecture.firstPosition() + 1) + " where positions begin at "
                    + config.architecture.firstPosition());
        }
        return config;
    }

    private static Architecture architecture(JsonNode json) {
        String type = json.path("model_type").asText("");
        ModelFamily family = ModelFamily.of(type)
                .orElseThrow(() -> UnsupportedModelException.value(FILE, "model_type", type, ModelFamily.types()));
        String act = json.path("hidden_act").asText("gelu");
        Activation activation = Activation.of(act)
                .orElseThrow(() -> UnsupportedModelException.value(FILE, "hidden_act", act, Activation.names()));
        require(json, "position_embedding_type", "absolute");
        require(json, "is_decoder", "false");
        if (family.names().relativeBias()) {
            require(json, "relative_attention_num_buckets", Integer.toString(RELATIVE_BUCKETS));
        }
        return new Architecture(family, activation, family.firstPosition().applyAsInt(json));
    }

    /** Longest text in tokens, special ones included. */
    public int maxTokens() {
        return maxPositions - architecture.firstPosition();
    }

    /** The parameters in the script's order, under their names without a prefix. */
    public List<String> parameters() {
        return architecture.family().names().of(layers);
    }

    /** How many of the {@link #parameters} stay as they are when this much is frozen: see {@code TrainingOptions}. */
    public int frozen(int depth) {
        return architecture.family().names().below(depth);
    }

    public ModelConfig withDropout(double share) {
        return new ModelConfig(
                architecture, layers, heads, hidden, intermediate, vocabulary, maxPositions, epsilon, share, share);
    }

    /** A key that may be left out, and then means what is supported. */
    private static void require(JsonNode json, String key, String supported) {
        String value = json.path(key).asText(supported);
        if (!value.equals(supported)) {
            throw UnsupportedModelException.value(FILE, key, value, supported);
        }
    }

    private static int integer(JsonNode json, String key) {
        JsonNode value = json.path(key);
        if (!value.canConvertToInt() || value.asInt() < 1) {
            throw new UnsupportedModelException(FILE + ": " + key + " must be a whole number of at least 1");
        }
        return value.asInt();
    }

    private static double share(JsonNode json, String key) {
        double value = json.path(key).asDouble(0.1);
        if (!(value >= 0 && value < 1)) {
            throw new UnsupportedModelException(FILE + ": " + key + " must lie in [0, 1)");
        }
        return value;
    }
}
