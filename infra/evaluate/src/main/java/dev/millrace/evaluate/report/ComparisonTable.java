package dev.millrace.evaluate.report;

import dev.millrace.evaluate.measure.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A row a model. Of retrieval first the columns in which practitioners compare: of how many queries the right answer came at place 1 to 5,
 * and of how many not among them; behind them shares and what says more than hits.
 */
public final class ComparisonTable {
    private static final List<String> COUNTS = List.of("top 1", "2", "3", "4", "5", "not in 5");
    private static final List<String> BESIDE_COUNTS = List.of("hit@1", "hit@5", "mrr", "ndcg@10");

    private final Comparison comparison;
    private final boolean counted;

    /** Of these models. */
    public ComparisonTable(Comparison comparison) {
        this.comparison = comparison;
        counted = comparison.results().stream()
                .anyMatch(result -> !result.counts().isEmpty());
    }

    /** Title, table and notes. */
    public List<String> lines() {
        Table table = new Table(titles());
        comparison.results().forEach(result -> table.row(cells(result)));
        List<String> lines = new ArrayList<>(List.of(comparison.title()));
        lines.addAll(table.lines());
        comparison.notes().forEach(note -> lines.add("note: " + note));
        return lines;
    }

    List<String> titles() {
        List<String> titles = new ArrayList<>(List.of("model"));
        if (counted) {
            titles.addAll(COUNTS);
        }
        titles.addAll(figures());
        return titles;
    }

    List<String> cells(Result result) {
        List<String> cells = new ArrayList<>(List.of(result.model()));
        result.counts().forEach(count -> cells.add(Integer.toString(count)));
        figures()
                .forEach(
                        figure -> cells.add(Optional.ofNullable(result.figures().get(figure))
                                .map(value -> String.format(Locale.ROOT, "%.4f", value))
                                .orElse("-")));
        return cells;
    }

    private List<String> figures() {
        return counted ? BESIDE_COUNTS : comparison.figures();
    }
}
