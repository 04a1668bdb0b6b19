package dev.millrace.bench.scale;

import dev.millrace.evaluate.report.Table;
import java.util.List;
import java.util.Locale;

/**
 * What so many trainers come to with windows of a size; the names are those of the JSON.
 *
 * @param window pairs of each trainer
 * @param speedUp over one trainer with the same window
 * @param idle share of the trainers' time that they wait for each other or a publication
 * @param moving share of their time that they send, fetch and load
 * @param bytesPerPair that trainers send and fetch
 * @param median seconds from a pair's post to its version being served, under the load that was asked for
 * @param late the same of one pair in twenty
 * @param longest seconds from one version to the next, at full load
 */
record ScaleRow(
        long window,
        int trainers,
        double pairsPerSecond,
        double speedUp,
        double idle,
        double moving,
        double bytesPerPair,
        double median,
        double late,
        double longest) {
    private static final double KILO = 1000;
    private static final double PERCENT = 100;

    /** Of one trainer's speed that each of them has. */
    double efficiency() {
        return speedUp / trainers;
    }

    static List<String> table(List<ScaleRow> rows) {
        Table table = new Table(List.of(
                "window",
                "trainers",
                "pairs/s",
                "speed-up",
                "each",
                "idle",
                "moving",
                "kB/pair",
                "p50 s",
                "p95 s",
                "longest s"));
        rows.forEach(row -> table.row(List.of(
                Long.toString(row.window),
                Integer.toString(row.trainers),
                number("%.1f", row.pairsPerSecond),
                number("%.2f", row.speedUp),
                number("%.3f", row.efficiency()),
                number("%.1f %%", PERCENT * row.idle),
                number("%.1f %%", PERCENT * row.moving),
                number("%.1f", row.bytesPerPair / KILO),
                number("%.0f", row.median),
                number("%.0f", row.late),
                number("%.0f", row.longest))));
        return table.lines();
    }

    static String number(String format, double figure) {
        return String.format(Locale.ROOT, format, figure);
    }
}
