package dev.millrace.evaluation.geometry;

import dev.millrace.evaluation.vectors.VectorTable;
import java.util.OptionalDouble;

/** How near texts lie to what they belong to (Wang and Isola 2020, with an exponent of 2). */
public final class Alignment {
    private static final int BLOCK = 4096;

    private Alignment() {}

    /**
     * Mean squared distance of the unit vectors, row by row: 0 (the same) to 4 (opposite); nothing without rows.
     *
     * @throws IllegalArgumentException when there are not as many rows on both sides
     */
    public static OptionalDouble of(VectorTable texts, VectorTable views) {
        if (texts.size() != views.size()) {
            throw new IllegalArgumentException(texts.size() + " texts, " + views.size() + " views");
        }
        double sum = 0;
        for (int from = 0; from < texts.size(); from += BLOCK) {
            int to = Math.min(from + BLOCK, texts.size());
            float[][] left = texts.unit(from, to);
            float[][] right = views.unit(from, to);
            for (int i = 0; i < left.length; i++) {
                sum += squaredDistance(left[i], right[i]);
            }
        }
        return texts.size() == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / texts.size());
    }

    private static double squaredDistance(float[] left, float[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            double difference = (double) left[i] - right[i];
            sum += difference * difference;
        }
        return sum;
    }
}
