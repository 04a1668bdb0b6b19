package dev.millrace.kernels.activation;

import java.nio.FloatBuffer;

/**
 * What tokens become before the first layer.
 *
 * @param words [vocabulary, hidden], read in place for as long as texts are encoded
 * @param positions [positions, hidden] from the first that is taken, the token type added where there is one
 * @param normWeight [hidden] LayerNorm's
 * @param normBias [hidden] LayerNorm's
 */
public record Embeddings(FloatBuffer words, float[] positions, float[] normWeight, float[] normBias) {
    /** x = word + position, before the norm. */
    public void row(int id, int position, float[] x, int at) {
        int hidden = normWeight.length;
        words.get(id * hidden, x, at, hidden);
        int from = position * hidden;
        for (int i = 0; i < hidden; i++) {
            x[at + i] += positions[from + i];
        }
    }
}
