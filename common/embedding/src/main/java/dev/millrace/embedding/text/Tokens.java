package dev.millrace.embedding.text;

import java.util.Arrays;

/**
 * One tokenized text: vocabulary ids with the special tokens already around them, and what training cuts off of their embeddings.
 *
 * <p>Immutable by contract: the array is shared for speed and must not be written to.
 */
public final class Tokens {
    private final int[] ids;
    private final boolean truncated;
    private final Cutoff cutoff;

    /**
     * Wraps ids that a tokenizer made.
     *
     * @param ids vocabulary ids, at least one, at most the model's maximum
     * @param truncated whether text beyond the model's maximum was cut off
     */
    public Tokens(int[] ids, boolean truncated) {
        this(ids, truncated, Cutoff.NOTHING);
    }

    private Tokens(int[] ids, boolean truncated, Cutoff cutoff) {
        if (ids.length == 0) {
            throw new IllegalArgumentException("a text has at least one token");
        }
        this.ids = ids;
        this.truncated = truncated;
        this.cutoff = cutoff;
    }

    /** The same with other ids, as many of them. */
    public Tokens with(int[] others) {
        if (others.length != ids.length) {
            throw new IllegalArgumentException(others.length + " ids for a text of " + ids.length + " tokens");
        }
        return new Tokens(others, truncated, cutoff);
    }

    /** The same, cut off further. */
    public Tokens without(Cutoff more) {
        return new Tokens(ids, truncated, cutoff.and(more));
    }

    /** The vocabulary ids; not to be written to. */
    public int[] ids() {
        return ids;
    }

    /** Number of tokens, special ones included; at least 1. */
    public int length() {
        return ids.length;
    }

    /** Whether the text was longer than the model reads. */
    public boolean truncated() {
        return truncated;
    }

    /** What of the embeddings is 0 in training; encoding knows nothing of it. */
    Cutoff cutoff() {
        return cutoff;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tokens that && Arrays.equals(ids, that.ids) && cutoff.equals(that.cutoff);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ids);
    }

    @Override
    public String toString() {
        return "Tokens" + Arrays.toString(ids);
    }
}
