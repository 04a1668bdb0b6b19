package dev.millrace.evaluate.data;

import dev.millrace.evaluate.data.Lines.Line;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Rows of a file of columns: tab-separated as they are, comma-separated with quotes (RFC 4180), which may hold commas, doubled
 * quotes and line ends.
 */
final class TableFile {
    private static final char QUOTE = '"';

    private TableFile() {}

    /**
     * One row.
     *
     * @param line where it begins
     */
    record Row(Line line, List<String> cells) {
        String text(int column, String name) {
            String text = cell(column, name).strip();
            if (text.isEmpty()) {
                throw line.refused(name + ": is blank");
            }
            return text;
        }

        double number(int column, String name) {
            try {
                double number = Double.parseDouble(cell(column, name).strip());
                if (Double.isFinite(number)) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw line.refused(name + ": is no number");
            }
            throw line.refused(name + ": is not finite");
        }

        boolean isNumber(int column) {
            return column < cells.size() && cells.get(column).strip().matches("[-+]?\\d+(\\.\\d*)?([eE][-+]?\\d+)?");
        }

        /** Place of the first of these names, where this is a header. */
        Optional<Integer> column(List<String> names) {
            return names.stream()
                    .flatMap(name -> IntStream.range(0, cells.size())
                            .filter(i -> cells.get(i)
                                    .strip()
                                    .toLowerCase(Locale.ROOT)
                                    .equals(name))
                            .boxed())
                    .findFirst();
        }

        private String cell(int column, String name) {
            if (column >= cells.size()) {
                throw line.refused(name + ": is missing, the line has " + cells.size() + " columns");
            }
            return cells.get(column);
        }
    }

    static List<Row> rows(Path file) {
        List<Line> lines = Lines.of(file);
        return separator(file) == ','
                ? quoted(lines)
                : lines.stream().map(TableFile::tabs).toList();
    }

    static char separator(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".csv") ? ',' : '\t';
    }

    private static Row tabs(Line line) {
        return new Row(line, List.of(line.text().split("\t", -1)));
    }

    private static List<Row> quoted(List<Line> lines) {
        List<Row> rows = new ArrayList<>();
        int next = 0;
        while (next < lines.size()) {
            Line first = lines.get(next++);
            StringBuilder text = new StringBuilder(first.text());
            while (open(text) && next < lines.size()) {
                text.append('\n').append(lines.get(next++).text());
            }
            if (open(text)) {
                throw first.refused("has a quote that is never closed");
            }
            rows.add(new Row(first, cells(text)));
        }
        return rows;
    }

    private static boolean open(CharSequence text) {
        return text.chars().filter(c -> c == QUOTE).count() % 2 == 1;
    }

    private static List<String> cells(CharSequence text) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == QUOTE) {
                boolean doubled = inside && i + 1 < text.length() && text.charAt(i + 1) == QUOTE;
                cell.append(doubled ? "\"" : "");
                i += doubled ? 1 : 0;
                inside = doubled == inside;
            } else if (c == ',' && !inside) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
