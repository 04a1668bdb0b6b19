package dev.millrace.evaluation.graded;

import dev.millrace.evaluation.vectors.VectorTable;
import java.util.OptionalDouble;

/**
 * How well cosines of pairs follow their labels.
 *
 * @param pairs how many were compared
 * @param spearman of cosine and label; empty where all labels, or all cosines, are the same
 * @param pearson of cosine and label; empty as spearman
 */
public record GradedFigures(int pairs, OptionalDouble spearman, OptionalDouble pearson) {
    private static final int BLOCK = 4096;

    /**
     * Compares row by row.
     *
     * @param labels finite, of any scale: the larger, the more alike
     * @throws IllegalArgumentException when there are not as many labels as rows on both sides
     */
    public static GradedFigures of(VectorTable left, VectorTable right, double[] labels) {
        if (left.size() != labels.length || right.size() != labels.length) {
            throw new IllegalArgumentException(
                    left.size() + " and " + right.size() + " vectors, " + labels.length + " labels");
        }
        double[] cosines = new double[labels.length];
        for (int from = 0; from < labels.length; from += BLOCK) {
            int to = Math.min(from + BLOCK, labels.length);
            float[][] l = left.unit(from, to);
            float[][] r = right.unit(from, to);
            for (int i = 0; i < l.length; i++) {
                cosines[from + i] = cosine(l[i], r[i]);
            }
        }
        return new GradedFigures(
                labels.length, Correlation.spearman(cosines, labels), Correlation.pearson(cosines, labels));
    }

    /** Rounded to single precision: beyond it lies only in which order numbers were added, and equal texts must tie. */
    private static float cosine(float[] left, float[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += (double) left[i] * right[i];
        }
        return (float) sum;
    }
}
