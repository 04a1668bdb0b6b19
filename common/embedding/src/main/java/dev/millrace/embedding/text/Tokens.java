package dev.millrace.embedding.text;

import java.util.Arrays;

/**
 * One tokenized text: vocabulary ids with the special tokens already around them.
 *
 * <p>Immutable by contract: the array is shared for speed and must not be written to.
 */
public final class Tokens {
    private final int[] ids;
    private final boolean truncated;

    /**
     * Wraps ids that a tokenizer made.
     *
     * @param ids vocabulary ids, at least one, at most the model's maximum
     * @param truncated whether text beyond the model's maximum was cut off
     */
    public Tokens(int[] ids, boolean truncated) {
        if (ids.length == 0) {
            throw new IllegalArgumentException("a text has at least one token");
        }
        this.ids = ids;
        this.truncated = truncated;
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

    @Override
    public boolean equals(Object other) {
        return other instanceof Tokens that && Arrays.equals(ids, that.ids);
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
