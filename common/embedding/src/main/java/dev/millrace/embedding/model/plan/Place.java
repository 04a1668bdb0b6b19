package dev.millrace.embedding.model.plan;

/**
 * What a part is for in its layer. Their order is that of a layer's parameters wherever they are listed, trained and saved, and of
 * the weights that {@code encoder.torchscript} takes for a layer: two a place, of which it may find any to be empty.
 */
public enum Place {
    /** Query, or query, key and value as one matrix. */
    QUERY,
    KEY,
    VALUE,
    /** What attention gives back to the token. */
    ATTENDED,
    /** After the attention or before it, by the {@link Norms}. */
    ATTENTION_NORM,
    /** The feed-forward network's first matrix, or its two as one. */
    INNER,
    OUTER,
    /** As that of attention. */
    FORWARD_NORM,
    /** Where it is a matrix of its own. */
    GATE,
    /** Of each head's query. */
    QUERY_NORM,
    KEY_NORM,
    /** Of what attention gives back, where there is one before it, too. */
    ATTENDED_NORM,
    OUTER_NORM,
    /** Of what leaves the top layer. */
    TOP_NORM
}
