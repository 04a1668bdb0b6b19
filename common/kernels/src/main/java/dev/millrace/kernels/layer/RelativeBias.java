package dev.millrace.kernels.layer;

/**
 * What all layers add to the attention between two tokens by their distance (MPNet); nothing for most families.
 *
 * @param heads for each head the bias by distance key - query, from {@code 1 - longest} to {@code longest - 1}; or empty
 */
public record RelativeBias(float[][] heads) {
    /** For families that have none. */
    public static final RelativeBias NONE = new RelativeBias(new float[0][]);

    /** Adds it to one key's scores for {@code queries} queries from the {@code first} on. */
    void add(float[] scores, int from, int head, int key, int first, int queries) {
        if (heads.length > 0) {
            float[] bias = heads[head];
            int distance = bias.length / 2 + key - first;
            for (int query = 0; query < queries; query++) {
                scores[from + query] += bias[distance - query];
            }
        }
    }
}
