package dev.millrace.embedding.model.plan;

/**
 * A network's sizes.
 *
 * @param hidden values of a token's vector
 * @param intermediate values inside a feed-forward network
 * @param heads of attention
 * @param keyHeads heads of keys and values, which divide {@code heads}: so many neighbours share one (Ainslie et al. 2023, GQA)
 * @param headWidth values of a head, of all kinds
 */
public record Widths(int hidden, int intermediate, int heads, int keyHeads, int headWidth) {
    /** Heads that are even shares of the vector. */
    public static Widths ofShares(int hidden, int intermediate, int heads) {
        return new Widths(hidden, intermediate, heads, heads, hidden / heads);
    }

    /** Values of all queries together. */
    public int queries() {
        return heads * headWidth;
    }

    /** Values of all keys together, and of all values. */
    public int keys() {
        return keyHeads * headWidth;
    }
}
