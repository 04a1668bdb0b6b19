package dev.millrace.evaluate.data;

import dev.millrace.evaluate.data.Data.Labels;
import dev.millrace.evaluate.data.TableFile.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A text and its class a line: JSON, or a table by a header's names or with the text in the first of two columns. A folder with
 * {@code train} and {@code test} of such files is a split of its own.
 */
final class LabelledFile {
    private static final List<String> ENDINGS = List.of(".jsonl", ".tsv", ".csv");

    private LabelledFile() {}

    private record Example(String text, String label) {}

    /** Where the text and the class stand. */
    private record Columns(int text, int label, boolean header) {
        static Optional<Columns> of(Row first) {
            Optional<Integer> text = first.column(Names.TEXT);
            Optional<Integer> label = first.column(Names.CLASS);
            if (text.isPresent() && label.isPresent()) {
                return Optional.of(new Columns(text.get(), label.get(), true));
            }
            return Optional.of(new Columns(0, 1, false))
                    .filter(any -> first.cells().size() == 2);
        }
    }

    static boolean fits(Row first) {
        return Columns.of(first).isPresent();
    }

    /** The file of that part in a folder. */
    static Optional<Path> part(Path folder, String part) {
        return ENDINGS.stream()
                .map(ending -> folder.resolve(part + ending))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    static Data readFolder(Path folder) {
        Path train = part(folder, "train")
                .orElseThrow(() -> new UnreadableDataException(folder, "has no train" + ENDINGS + " file"));
        Path test = part(folder, "test")
                .orElseThrow(() -> new UnreadableDataException(folder, "has no test" + ENDINGS + " file"));
        return data(folder, examples(train), Optional.of(examples(test)));
    }

    static Data read(Path file) {
        return data(file, examples(file), Optional.empty());
    }

    private static List<Example> examples(Path file) {
        List<Example> examples = new ArrayList<>();
        if (file.toString().endsWith(".jsonl")) {
            Lines.of(file).stream()
                    .map(JsonLine::of)
                    .map(json -> new Example(json.text(Names.TEXT), json.name(Names.CLASS)))
                    .forEach(examples::add);
        } else {
            List<Row> rows = TableFile.rows(file);
            Columns columns = rows.stream()
                    .findFirst()
                    .flatMap(Columns::of)
                    .orElseThrow(() -> new UnreadableDataException(
                            file, 1, "is neither a header with text and label nor two columns"));
            rows.stream()
                    .skip(columns.header() ? 1 : 0)
                    .map(row -> new Example(row.text(columns.text(), "text"), row.text(columns.label(), "label")))
                    .forEach(examples::add);
        }
        if (examples.isEmpty()) {
            throw new UnreadableDataException(file, "has no text");
        }
        return examples;
    }

    private static Data data(Path of, List<Example> learned, Optional<List<Example>> asked) {
        List<String> classes = List.copyOf(
                new TreeSet<>(Stream.concat(learned.stream(), asked.stream().flatMap(List::stream))
                        .map(Example::label)
                        .toList()));
        if (classes.size() < 2) {
            throw new UnreadableDataException(of, "has a single class");
        }
        return new Data.Labelled(
                of.toAbsolutePath().normalize().getFileName().toString(),
                labels(learned, classes),
                asked.map(examples -> labels(examples, classes)),
                classes);
    }

    private static Labels labels(List<Example> examples, List<String> classes) {
        return new Labels(
                examples.stream().map(Example::text).toList(),
                examples.stream()
                        .mapToInt(example -> java.util.Collections.binarySearch(classes, example.label()))
                        .toArray());
    }
}
