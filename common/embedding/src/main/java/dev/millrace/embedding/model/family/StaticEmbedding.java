package dev.millrace.embedding.model.family;

import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.model.plan.Activation;
import dev.millrace.embedding.model.plan.Embeddings;
import dev.millrace.embedding.model.plan.Formulas;
import dev.millrace.embedding.model.plan.NetworkPlan;
import dev.millrace.embedding.model.plan.Part;
import dev.millrace.embedding.model.plan.Stack;
import dev.millrace.embedding.model.plan.Widths;

/**
 * sentence-transformers' StaticEmbedding (Aarsen 2025, "Train 400x faster Static Embedding Models"), which model2vec's models are, too
 * (Tulkens and van Dongen 2024): a word's row is all there is of it, and no {@code config.json} describes it.
 */
public final class StaticEmbedding {
    /** What such a model is called where others have their {@code model_type}. */
    public static final String TYPE = "static";

    private StaticEmbedding() {}

    /**
     * A model by what its files say.
     *
     * @param table [tokens, values]
     * @param maxTokens longest text in tokens
     */
    public static ModelConfig of(Part table, int maxTokens) {
        int width = Math.toIntExact(table.shape().get(1));
        Formulas ofNoLayer = new Formulas(Formulas.Norm.LAYER, 1e-12, Activation.GELU, width, false);
        Widths widths = new Widths(width, 0, 1, 1, width);
        return new ModelConfig(
                TYPE, new NetworkPlan(widths, ofNoLayer, Embeddings.of(table), Stack.NONE), maxTokens, 0, 0);
    }
}
