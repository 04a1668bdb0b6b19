package dev.millrace.embedding.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a family's files name the parameters, in the order in which {@code encoder.torchscript} takes them.
 *
 * @param prefix what checkpoints of task models put before every name
 * @param embeddings word table, position table, token types where there are any, LayerNorm's weight and bias
 * @param shared what all layers use: the table of the relative attention bias, or nothing
 * @param layer parts of a layer, each with a weight and a bias: query, key, value, attention's output and LayerNorm,
 *     feed-forward in and out, LayerNorm
 */
public record ParameterNames(String prefix, List<String> embeddings, List<String> shared, List<String> layer) {
    private static final List<String> TYPED = List.of(
            "embeddings.word_embeddings.weight",
            "embeddings.position_embeddings.weight",
            "embeddings.token_type_embeddings.weight",
            "embeddings.LayerNorm.weight",
            "embeddings.LayerNorm.bias");
    private static final List<String> SELF_ATTENTION = List.of(
            "attention.self.query",
            "attention.self.key",
            "attention.self.value",
            "attention.output.dense",
            "attention.output.LayerNorm",
            "intermediate.dense",
            "output.dense",
            "output.LayerNorm");

    public static final ParameterNames BERT = new ParameterNames("bert.", TYPED, List.of(), SELF_ATTENTION);
    static final ParameterNames ROBERTA = new ParameterNames("roberta.", TYPED, List.of(), SELF_ATTENTION);
    static final ParameterNames MPNET = new ParameterNames(
            "mpnet.",
            TYPED.stream().filter(name -> !name.contains("token_type")).toList(),
            List.of("encoder.relative_attention_bias.weight"),
            List.of(
                    "attention.attn.q",
                    "attention.attn.k",
                    "attention.attn.v",
                    "attention.attn.o",
                    "attention.LayerNorm",
                    "intermediate.dense",
                    "output.dense",
                    "output.LayerNorm"));

    /** Whether all layers add one relative bias to their attention. */
    public boolean relativeBias() {
        return !shared.isEmpty();
    }

    /** The names of a model with so many layers, without prefix. */
    public List<String> of(int layers) {
        List<String> names = new ArrayList<>(embeddings);
        names.addAll(shared);
        for (int layer = 0; layer < layers; layer++) {
            String place = "encoder.layer." + layer + ".";
            this.layer.stream()
                    .flatMap(part -> Stream.of(place + part + ".weight", place + part + ".bias"))
                    .forEach(names::add);
        }
        return names;
    }

    /**
     * How many of the names belong to the embeddings (depth 1) and the layers above them. What all layers share stays with
     * the lowest: a frozen layer computes what it did.
     */
    public int below(int depth) {
        return switch (depth) {
            case 0 -> 0;
            case 1 -> embeddings.size();
            default -> embeddings.size() + shared.size() + 2 * layer.size() * (depth - 1);
        };
    }
}
