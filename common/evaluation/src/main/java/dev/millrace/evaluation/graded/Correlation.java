package dev.millrace.evaluation.graded;

import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** How two lists of numbers go together, -1 .. 1; nothing where one of them is all the same. */
public final class Correlation {
    private Correlation() {}

    /** Pearson's: how far one is a straight line of the other. */
    public static OptionalDouble pearson(double[] x, double[] y) {
        double meanX = mean(x);
        double meanY = mean(y);
        double product = 0;
        double squaresX = 0;
        double squaresY = 0;
        for (int i = 0; i < x.length; i++) {
            double dx = x[i] - meanX;
            double dy = y[i] - meanY;
            product += dx * dy;
            squaresX += dx * dx;
            squaresY += dy * dy;
        }
        return squaresX == 0 || squaresY == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.max(-1, Math.min(1, product / Math.sqrt(squaresX) / Math.sqrt(squaresY))));
    }

    /** Spearman's: Pearson's of the ranks, where equal numbers share the mean of theirs. */
    public static OptionalDouble spearman(double[] x, double[] y) {
        return pearson(ranks(x), ranks(y));
    }

    private static double mean(double[] numbers) {
        return java.util.Arrays.stream(numbers).average().orElse(0);
    }

    private static double[] ranks(double[] numbers) {
        int[] order = IntStream.range(0, numbers.length)
                .boxed()
                .sorted((a, b) -> Double.compare(numbers[a], numbers[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranks = new double[numbers.length];
        int from = 0;
        while (from < order.length) {
            int to = from + 1;
            while (to < order.length && numbers[order[to]] == numbers[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = (from + to + 1) / 2.0;
            }
            from = to;
        }
        return ranks;
    }
}
