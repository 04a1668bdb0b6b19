package dev.millrace.evaluate.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Lines of columns as wide as their widest cell: the first to the left, the others to the right. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    /** Under these titles. */
    public Table(List<String> titles) {
        rows.add(List.copyOf(titles));
    }

    /** As many cells as there are titles. */
    public void row(List<String> cells) {
        rows.add(List.copyOf(cells));
    }

    /** The titles first. */
    public List<String> lines() {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder(cells.get(0))
                .append(" ".repeat(widths[0] - cells.get(0).length()));
        for (int i = 1; i < cells.size(); i++) {
            line.append("  ")
                    .append(" ".repeat(widths[i] - cells.get(i).length()))
                    .append(cells.get(i));
        }
        return line.toString();
    }
}
