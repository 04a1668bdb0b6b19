package dev.millrace.bench.memory;

import java.util.List;
import java.util.Locale;

/**
 * Memory that training steps of one batch size took, in MiB; the names are those of the JSON.
 *
 * @param before resident with the model loaded, before the first step
 * @param peak most that was resident during the steps, Java's heap among it
 * @param heap Java's heap, whole, of one size for all batches
 */
record MemoryFigures(int pairs, int tokens, int steps, String precision, double before, double peak, double heap) {
    /** How much more the largest batch may take than the smallest. */
    static final double GOAL = 1.2;

    static String head() {
        return String.format(
                "%8s %8s %8s %10s %12s %12s %12s %10s",
                "pairs", "tokens", "steps", "precision", "loaded MiB", "peak MiB", "step MiB", "peak is");
    }

    String line(MemoryFigures first) {
        return String.format(
                Locale.ROOT,
                "%8d %8d %8d %10s %12.1f %12.1f %12.1f %8.3f x",
                pairs,
                tokens,
                steps,
                precision,
                before,
                peak,
                peak - before,
                peak / first.peak);
    }

    /** Whether no batch takes too much more than the first. */
    static boolean flat(List<MemoryFigures> figures) {
        return figures.stream().allMatch(row -> row.peak <= GOAL * figures.get(0).peak);
    }
}
