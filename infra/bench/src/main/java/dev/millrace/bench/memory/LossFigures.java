package dev.millrace.bench.memory;

import java.util.List;
import java.util.Locale;

/**
 * What a loss and its gradient took, in MiB and seconds; the names are those of the JSON.
 *
 * @param before resident with the batch's vectors, before the loss
 * @param peak most that was resident meanwhile
 * @param similarities what those of all anchors with all positives would take at once, in fp32
 */
record LossFigures(int pairs, int dimensions, double seconds, double before, double peak, double similarities) {
    /** MiB that a loss may take, whatever the batch. */
    static final double GOAL = 1024;

    private static final double MIB = 1 << 20;

    static LossFigures of(LossSettings settings, double seconds, double before, double peak) {
        double all = (double) Float.BYTES * settings.pairs() * settings.pairs() / MIB;
        return new LossFigures(settings.pairs(), settings.dimensions(), seconds, before, peak, all);
    }

    static String head() {
        return String.format(
                "%8s %10s %10s %12s %12s %12s %16s",
                "pairs", "dimensions", "seconds", "before MiB", "peak MiB", "loss MiB", "similarities MiB");
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%8d %10d %10.2f %12.1f %12.1f %12.1f %16.1f",
                pairs,
                dimensions,
                seconds,
                before,
                peak,
                peak - before,
                similarities);
    }

    static boolean bounded(List<LossFigures> figures) {
        return figures.stream().allMatch(row -> row.peak - row.before <= GOAL);
    }
}
