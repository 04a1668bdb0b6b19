package dev.millrace.trainer.learning.gate;

import java.util.Arrays;

/**
 * Many questions at once, of which chance alone answers some with yes (Benjamini and Hochberg 1995, Controlling the
 * false discovery rate). Where nothing is to be found at all, one is found with at most the rate's probability; where
 * there is much, each is found as if there were fewer questions.
 */
final class FalseDiscoveries {
    private FalseDiscoveries() {}

    /**
     * The probability below which a question is answered with yes.
     *
     * @param chances what chance alone would do with this probability, for each question
     * @param rate share of false ones among those that are found, at most
     */
    static double level(double[] chances, double rate) {
        double[] sorted = chances.clone();
        Arrays.sort(sorted);
        int found = 1;
        for (int i = 0; i < sorted.length; i++) {
            if (sorted[i] <= rate * (i + 1) / sorted.length) {
                found = i + 1;
            }
        }
        return rate * found / Math.max(1, sorted.length);
    }
}
