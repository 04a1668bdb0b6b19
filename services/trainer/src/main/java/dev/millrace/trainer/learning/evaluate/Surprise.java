package dev.millrace.trainer.learning.evaluate;

import java.util.List;

/**
 * How surprised a version is by what answers held-out pairs, and the version before it was by the same.
 *
 * @param before mean over the pairs, before
 * @param after mean over the pairs, after
 * @param error standard error of what changed from pair to pair; 0 for less than two
 */
public record Surprise(double before, double after, double error) {

    /** Of pairs asked before and after, in the same order; all 0 without pairs. */
    static Surprise of(List<Double> before, List<Double> after) {
        int pairs = before.size();
        double mean = mean(after) - mean(before);
        double squares = 0;
        for (int i = 0; i < pairs; i++) {
            double away = after.get(i) - before.get(i) - mean;
            squares += away * away;
        }
        return new Surprise(mean(before), mean(after), pairs < 2 ? 0 : Math.sqrt(squares / (pairs - 1) / pairs));
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
}
