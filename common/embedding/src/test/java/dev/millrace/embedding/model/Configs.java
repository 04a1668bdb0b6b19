package dev.millrace.embedding.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** Configurations of models that there are no weights of. */
public final class Configs {
    private Configs() {}

    /** A BERT with twelve heads and 30,522 words, its feed-forward networks four times as wide as its vectors. */
    public static ModelConfig bert(int layers, int hidden, int positions) {
        return ModelConfig.of(new ObjectMapper()
                .valueToTree(Map.of(
                        "model_type",
                        "bert",
                        "num_hidden_layers",
                        layers,
                        "num_attention_heads",
                        12,
                        "hidden_size",
                        hidden,
                        "intermediate_size",
                        4 * hidden,
                        "vocab_size",
                        30_522,
                        "max_position_embeddings",
                        positions)));
    }
}
