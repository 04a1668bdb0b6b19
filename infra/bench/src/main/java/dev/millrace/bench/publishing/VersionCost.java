package dev.millrace.bench.publishing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/**
 * What a version takes that follows another.
 *
 * @param kept what learns, and how its numbers are kept
 * @param parts bytes that are sent, by file
 * @param settling seconds for which the trainer cannot learn: rounding, and a copy of what is published
 * @param writing seconds to local disk, beside learning
 * @param publishing seconds to the bucket
 * @param fetching seconds from it
 * @param loading seconds until what was fetched learns
 */
record VersionCost(
        String kept,
        SortedMap<String, Long> parts,
        double settling,
        double writing,
        double publishing,
        double fetching,
        double loading) {
    static final double GOAL = 0.3;

    private static final double MEGABYTE = 1e6;
    private static final long WORTH_A_LINE = 1_000_000;

    long bytes() {
        return parts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** One line for each large file, one for all others, and their sum as a share of another's. */
    List<String> table(VersionCost other) {
        List<String> lines = new ArrayList<>();
        lines.add(kept);
        parts.forEach((file, bytes) -> {
            if (bytes >= WORTH_A_LINE) {
                lines.add(line(file, bytes));
            }
        });
        long small = parts.values().stream()
                .filter(bytes -> bytes < WORTH_A_LINE)
                .mapToLong(Long::longValue)
                .sum();
        lines.add(line("other files", small));
        lines.add(line("all", bytes()) + String.format(Locale.ROOT, "  %5.1f %%", 100.0 * bytes() / other.bytes()));
        lines.add(String.format(
                Locale.ROOT,
                "  settled and copied in %.1f s, written in %.1f s, published in %.1f s; fetched in %.1f s, loaded in %.1f s",
                settling,
                writing,
                publishing,
                fetching,
                loading));
        return lines;
    }

    private static String line(String what, long bytes) {
        return String.format(Locale.ROOT, "  %-44s %9.1f MB", what, bytes / MEGABYTE);
    }
}
