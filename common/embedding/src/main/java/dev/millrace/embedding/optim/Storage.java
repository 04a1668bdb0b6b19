package dev.millrace.embedding.optim;

import java.util.Locale;

/** How a version keeps its numbers. */
public enum Storage {
    /** All as they are, four bytes each: of AdamW 16 bytes a learning weight. */
    FULL,
    /**
     * Matrices in some 4.6 bytes a weight: what is published in bf16, with four further bits for the average; weights by how far they
     * are from it, and moments, in {@linkplain dev.millrace.embedding.optim.compact codes}. Who learns goes on from the same.
     */
    COMPACT;

    /** The name in configurations: lower case. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
