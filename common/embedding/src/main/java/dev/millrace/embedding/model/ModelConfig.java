package dev.millrace.embedding.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.embedding.model.family.ModelFamily;
import dev.millrace.embedding.model.plan.NetworkPlan;
import dev.millrace.embedding.model.plan.Weight;
import java.util.List;

/**
 * A model as its {@code config.json} states it.
 *
 * @param type {@code model_type}, or {@code static} of a StaticEmbedding, which has no such file
 * @param plan the network
 * @param maxTokens longest text in tokens, special ones included
 * @param dropout share of hidden values dropped in training, [0,1): of the embeddings, and of what attention and feed-forward
 *     network give each layer
 * @param attentionDropout share of attention weights dropped in training, [0,1)
 */
public record ModelConfig(String type, NetworkPlan plan, int maxTokens, double dropout, double attentionDropout) {

    /**
     * Reads and checks a {@code config.json}.
     *
     * @throws UnsupportedModelException naming the key that is missing or unsupported
     */
    public static ModelConfig of(JsonNode json) {
        ConfigFile file = new ConfigFile(json);
        return ModelFamily.of(file).describe(file);
    }

    /** Transformer layers; none of an embedding bag. */
    public int layers() {
        return plan.layers();
    }

    /** Whether a text is its words' rows and nothing else: no layer stands above them, and no special tokens around them. */
    public boolean isStatic() {
        return layers() == 0;
    }

    /** Attention heads. */
    public int heads() {
        return plan.widths().heads();
    }

    /** Width of a token vector. */
    public int hidden() {
        return plan.widths().hidden();
    }

    /** Number of token ids. */
    public int vocabulary() {
        return Math.toIntExact(plan.embeddings().words().shape().get(0));
    }

    /** The norms' epsilon. */
    public double epsilon() {
        return plan.formulas().epsilon();
    }

    /** The parameters' names without a prefix, in their order. */
    public List<String> parameters() {
        return plan.weights().stream().map(Weight::name).toList();
    }

    /** How many of the {@link #parameters} stay as they are when this much is frozen: see {@code TrainingOptions}. */
    public int frozen(int depth) {
        return plan.below(depth);
    }

    public ModelConfig withDropout(double share) {
        return new ModelConfig(type, plan, maxTokens, share, share);
    }
}
