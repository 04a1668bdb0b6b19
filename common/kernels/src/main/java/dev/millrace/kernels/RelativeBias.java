package dev.millrace.kernels;

/**
 * What all layers add to the attention between two tokens by their distance (MPNet); nothing for most families.
 *
 * @param heads for each head the bias by distance key - query, from {@code 1 - longest} to {@code longest - 1}; or empty
 */
public record RelativeBias(float[][] heads) {
    /** For families that have none. */
    public static final RelativeBias NONE = new RelativeBias(new float[0][]);

    /** Adds it to one query's scores. */
    void add(float[] scores, int from, int head, int query, int keys) {
        if (heads.length > 0) {
            float[] bias = heads[head];
            int same = bias.length / 2 - query;
            for (int key = 0; key < keys; key++) {
                scores[from + key] += bias[same + key];
            }
        }
    }
}
