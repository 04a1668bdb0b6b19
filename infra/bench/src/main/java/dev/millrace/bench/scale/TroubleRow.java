package dev.millrace.bench.scale;

import dev.millrace.evaluate.report.Table;
import java.util.List;

/**
 * What trouble leaves of the speed; the names are those of the JSON.
 *
 * @param pairsPerSecond without any
 * @param slow share that is left with the last trainer slow
 * @param possible share that would be, were nobody held up by it
 * @param faults share that is left while trainers die
 */
record TroubleRow(long window, int trainers, double pairsPerSecond, double slow, double possible, double faults) {
    static List<String> table(List<TroubleRow> rows) {
        Table table = new Table(List.of("window", "trainers", "pairs/s", "one slow", "possible", "faults"));
        rows.forEach(row -> table.row(List.of(
                Long.toString(row.window),
                Integer.toString(row.trainers),
                ScaleRow.number("%.1f", row.pairsPerSecond),
                ScaleRow.number("%.3f", row.slow),
                ScaleRow.number("%.3f", row.possible),
                ScaleRow.number("%.3f", row.faults))));
        return table.lines();
    }
}
