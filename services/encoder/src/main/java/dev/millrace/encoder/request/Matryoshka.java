package dev.millrace.encoder.request;

import java.util.Arrays;

/** The first numbers of a vector as a vector of its own (Kusupati et al. 2022, "Matryoshka Representation Learning"). */
public final class Matryoshka {
    private Matryoshka() {}

    public static float[] cut(float[] vector, int dimensions) {
        if (dimensions == vector.length) {
            return vector;
        }
        final float[] head = Arrays.copyOf(vector, dimensions);
        double squares = 0;
        for (float value : head) {
            squares += (double) value * value;
        }
        final double norm = Math.max(Math.sqrt(squares), Float.MIN_NORMAL);
        for (int i = 0; i < head.length; i++) {
            head[i] = (float) (head[i] / norm);
        }
        return head;
    }
}
