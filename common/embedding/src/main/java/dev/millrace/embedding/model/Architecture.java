package dev.millrace.embedding.model;

/**
 * What sets one encoder's computation apart from another's of the same sizes.
 *
 * @param family names, token types and relative bias
 * @param activation of the feed-forward layer
 * @param firstPosition row of the position table that a text's first token takes, at least 0
 */
public record Architecture(ModelFamily family, Activation activation, int firstPosition) {
    /** BERT as published. */
    public static final Architecture BERT = new Architecture(ModelFamily.BERT, Activation.GELU, 0);
}
