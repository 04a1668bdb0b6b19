package dev.millrace.embedding.model.plan;

/**
 * What all layers compute alike.
 *
 * @param norm which one
 * @param epsilon the norm's
 * @param activation the feed-forward networks'
 * @param scalar one over the square of what the products of query and key are multiplied by
 * @param causal whether a token sees only itself and those before it
 */
public record Formulas(Norm norm, double epsilon, Activation activation, double scalar, boolean causal) {
    /** What a norm computes. */
    public enum Norm {
        /** LayerNorm (Ba et al. 2016). */
        LAYER,
        /** RMSNorm (Zhang and Sennrich 2019). */
        RMS,
        /** The same with weights that are added to 1 (Gemma, 2024). */
        RMS_FROM_ONE
    }
}
