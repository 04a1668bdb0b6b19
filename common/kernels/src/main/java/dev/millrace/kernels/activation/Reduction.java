package dev.millrace.kernels.activation;

import java.util.Arrays;

/** How the rows of a text become one vector. No divisor is among them: it would cancel out once the vector has norm 1. */
public enum Reduction {
    /** The first row. */
    FIRST {
        @Override
        public float[] of(float[] x, int from, int to, int width) {
            return sum(x, from, from + 1, width);
        }
    },
    /** The last row. */
    LAST {
        @Override
        public float[] of(float[] x, int from, int to, int width) {
            return sum(x, to - 1, to, width);
        }
    },
    /** All rows added up: the mean. */
    SUM {
        @Override
        public float[] of(float[] x, int from, int to, int width) {
            return sum(x, from, to, width);
        }
    },
    /** The first row once, the second twice, and so on: the mean that is weighted by position. */
    WEIGHTED_SUM {
        @Override
        public float[] of(float[] x, int from, int to, int width) {
            float[] vector = new float[width];
            for (int row = from; row < to; row++) {
                float weight = row - from + 1f;
                for (int i = 0; i < width; i++) {
                    vector[i] += weight * x[row * width + i];
                }
            }
            return vector;
        }
    },
    /** The largest value of each column. */
    MAXIMUM {
        @Override
        public float[] of(float[] x, int from, int to, int width) {
            float[] vector = Arrays.copyOfRange(x, from * width, (from + 1) * width);
            for (int row = from + 1; row < to; row++) {
                for (int i = 0; i < width; i++) {
                    vector[i] = Math.max(vector[i], x[row * width + i]);
                }
            }
            return vector;
        }
    };

    /**
     * The vector of one text, [width].
     *
     * @param x rows of all texts, one behind the other
     * @param from the text's first row
     * @param to the row behind its last one, above {@code from}
     */
    public abstract float[] of(float[] x, int from, int to, int width);

    private static float[] sum(float[] x, int from, int to, int width) {
        float[] vector = new float[width];
        for (int row = from; row < to; row++) {
            for (int i = 0; i < width; i++) {
                vector[i] += x[row * width + i];
            }
        }
        return vector;
    }
}
