package dev.millrace.bench.spaces;

import dev.millrace.bench.command.BenchCommand;
import dev.millrace.embedding.space.PairedVectors;
import dev.millrace.embedding.space.SpaceAdapter;
import dev.millrace.embedding.space.SpaceFit;
import dev.millrace.embedding.space.SpaceMethod;
import dev.millrace.evaluate.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is found in the first version's index, and in one that was rebuilt. */
final class SpaceRows {
    private static final int ROUNDS = 7;
    private static final double NANOS_IN_MICROSECOND = 1000;

    private final IndexSearch first;
    private final IndexSearch last;
    private final double rebuilt;
    private final List<SpaceRow> rows = new ArrayList<>();

    SpaceRows(IndexSearch first, IndexSearch last) {
        this.first = first;
        this.last = last;
        rebuilt = last.recall(last.queries());
        add("first version, its own index", first.recall(first.queries()));
        add("last version, rebuilt index", rebuilt);
    }

    /**
     * A row of the table; the names are those of the JSON.
     *
     * @param recall recall@10 of the questions
     * @param kept of the recall in a rebuilt index
     * @param neighbours of the ten texts nearest in a rebuilt index, the share that is found: what an adapter is chosen by; 0 without one
     * @param microseconds of a vector, on one thread; 0 without an adapter
     * @param fitSeconds of fitting; 0 without an adapter
     */
    record SpaceRow(
            String way, double recall, double kept, double neighbours, double microseconds, double fitSeconds) {}

    private void add(String way, double recall) {
        rows.add(new SpaceRow(way, recall, recall / rebuilt, 0, 0, 0));
    }

    /** The last version's questions in the first one's index, by each method. */
    void compare(PairedVectors anchors, List<SpaceMethod> methods) {
        for (SpaceMethod method : methods) {
            long begin = System.nanoTime();
            SpaceFit fit = SpaceFit.all(anchors, List.of(method)).get(0);
            double seconds = (System.nanoTime() - begin) / 1e9;
            double recall = first.recall(adapted(fit.adapter()));
            rows.add(new SpaceRow(
                    method.name(), recall, recall / rebuilt, fit.recall(), microseconds(fit.adapter()), seconds));
            BenchCommand.SCREEN.line(rows.get(rows.size() - 1).toString());
        }
    }

    /** A version that learned all at once. */
    void joint(IndexSearch joint) {
        add("learned jointly, rebuilt index", joint.recall(joint.queries()));
    }

    private float[][] adapted(SpaceAdapter adapter) {
        return Arrays.stream(last.queries()).map(adapter::apply).toArray(float[][]::new);
    }

    /** The median of some rounds over all questions. */
    private double microseconds(SpaceAdapter adapter) {
        double[] rounds = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            int vectors = adapted(adapter).length;
            rounds[round] = (System.nanoTime() - begin) / NANOS_IN_MICROSECOND / vectors;
        }
        Arrays.sort(rounds);
        return rounds[ROUNDS / 2];
    }

    List<SpaceRow> list() {
        return List.copyOf(rows);
    }

    List<String> table() {
        Table table = new Table(List.of("way", "recall@10", "kept", "neighbours", "us a vector", "s to fit"));
        rows.forEach(row -> table.row(List.of(
                row.way,
                number(row.recall),
                number(row.kept),
                number(row.neighbours),
                number(row.microseconds),
                number(row.fitSeconds))));
        return table.lines();
    }

    private static String number(double figure) {
        return String.format(Locale.ROOT, "%.3f", figure);
    }
}
