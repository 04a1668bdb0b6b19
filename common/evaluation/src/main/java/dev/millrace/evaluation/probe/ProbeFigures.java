package dev.millrace.evaluation.probe;

import java.util.stream.IntStream;

/**
 * How often the class was found.
 *
 * @param texts how many were asked
 * @param accuracy share of them whose class was found
 * @param macroF1 mean F1 of the classes that are, or were taken to be, any text's; all of them weigh the same
 */
public record ProbeFigures(int texts, double accuracy, double macroF1) {

    /** By the class of each text and the one that was found. */
    public static ProbeFigures of(int[] classes, int[] found, int count) {
        long[] right = new long[count];
        long[] there = new long[count];
        long[] said = new long[count];
        for (int i = 0; i < classes.length; i++) {
            there[classes[i]]++;
            said[found[i]]++;
            right[classes[i]] += classes[i] == found[i] ? 1 : 0;
        }
        double accuracy =
                (double) IntStream.range(0, count).mapToLong(i -> right[i]).sum() / Math.max(1, classes.length);
        double macroF1 = IntStream.range(0, count)
                .filter(i -> there[i] + said[i] > 0)
                .mapToDouble(i -> 2.0 * right[i] / (there[i] + said[i]))
                .average()
                .orElse(0);
        return new ProbeFigures(classes.length, accuracy, macroF1);
    }
}
