package dev.millrace.evaluate.data;

import dev.millrace.evaluate.data.Lines.Line;
import dev.millrace.evaluate.data.TableFile.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Two texts and a score a line. In a table by a header's names, or without one: text, text, score; score, text, text; or as the STS
 * benchmark has it, with the score in the fifth column and the texts behind it.
 */
final class GradedFile {
    private static final int BENCHMARK_SCORE = 4;

    private final List<String> left = new ArrayList<>();
    private final List<String> right = new ArrayList<>();
    private final List<Double> scores = new ArrayList<>();

    private GradedFile() {}

    /** Places of the three. */
    private record Columns(int left, int right, int score, boolean header) {
        static Optional<Columns> of(Row first) {
            Optional<Integer> left = first.column(Names.LEFT);
            Optional<Integer> right = first.column(Names.RIGHT);
            Optional<Integer> score = first.column(Names.SCORE);
            if (left.isPresent() && right.isPresent() && score.isPresent()) {
                return Optional.of(new Columns(left.get(), right.get(), score.get(), true));
            }
            int columns = first.cells().size();
            if (columns == 3 && first.isNumber(2)) {
                return Optional.of(new Columns(0, 1, 2, false));
            }
            if (columns == 3 && first.isNumber(0)) {
                return Optional.of(new Columns(1, 2, 0, false));
            }
            boolean benchmark = columns >= BENCHMARK_SCORE + 3 && first.isNumber(BENCHMARK_SCORE);
            return Optional.of(new Columns(BENCHMARK_SCORE + 1, BENCHMARK_SCORE + 2, BENCHMARK_SCORE, false))
                    .filter(any -> benchmark);
        }
    }

    static boolean fits(Row first) {
        return Columns.of(first).isPresent();
    }

    static Data readTable(Path file) {
        List<Row> rows = TableFile.rows(file);
        Columns columns = rows.stream()
                .findFirst()
                .flatMap(Columns::of)
                .orElseThrow(() -> new UnreadableDataException(
                        file, 1, "is neither a header with sentence1, sentence2, score nor two texts and a number"));
        GradedFile graded = new GradedFile();
        rows.stream()
                .skip(columns.header() ? 1 : 0)
                .forEach(row -> graded.add(
                        row.text(columns.left(), "sentence1"),
                        row.text(columns.right(), "sentence2"),
                        row.number(columns.score(), "score")));
        return graded.data(file);
    }

    static Data readJson(Path file) {
        GradedFile graded = new GradedFile();
        for (Line line : Lines.of(file)) {
            JsonLine json = JsonLine.of(line);
            graded.add(json.text(Names.LEFT), json.text(Names.RIGHT), json.number(Names.SCORE));
        }
        return graded.data(file);
    }

    private void add(String one, String other, double score) {
        left.add(one);
        right.add(other);
        scores.add(score);
    }

    private Data data(Path file) {
        if (scores.size() < 2) {
            throw new UnreadableDataException(file, "has fewer than two graded pairs");
        }
        return new Data.Graded(
                file.getFileName().toString(),
                left,
                right,
                scores.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
