package dev.millrace.kernels.activation;

/**
 * What kind of encoder it is.
 *
 * @param hidden width of a token's vector, a multiple of {@link #MULTIPLE}
 * @param heads attention heads; divides {@code hidden}
 * @param intermediate width of the feed-forward layer
 * @param layers transformer layers
 * @param epsilon LayerNorm's epsilon
 * @param activation the feed-forward layer's
 */
public record Dimensions(int hidden, int heads, int intermediate, int layers, double epsilon, Nonlinearity activation) {
    /** Rows are worked on by whole vectors, of which the widest have 16 values. */
    public static final int MULTIPLE = 16;

    public int headWidth() {
        return hidden / heads;
    }

    public LayerNorm norm(float[] weight, float[] bias) {
        return new LayerNorm(weight, bias, (float) epsilon);
    }
}
