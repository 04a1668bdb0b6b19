package dev.millrace.evaluate.data;

import dev.millrace.evaluate.data.Lines.Line;
import dev.millrace.evaluate.data.TableFile.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads data of any kind, which it recognises by the folder's files, the file's ending and its first line, or is told. */
public final class DataReader {
    private DataReader() {}

    /**
     * Reads all of it.
     *
     * @param kind empty: recognised
     * @param split of a folder's judgements; empty: {@code test}, or the only one
     * @throws UnreadableDataException by file and line, when a line cannot be read or it is not recognised
     */
    public static Data read(Path data, Optional<Kind> kind, Optional<String> split) {
        return switch (kind.orElseGet(() -> recognised(data))) {
            case RETRIEVAL -> RetrievalFolder.read(data, split);
            case PAIRS -> PairsFile.read(data, kind);
            case GRADED -> graded(data);
            case LABELLED -> Files.isDirectory(data) ? LabelledFile.readFolder(data) : LabelledFile.read(data);
            case TEXTS -> texts(data);
        };
    }

    private static Kind recognised(Path data) {
        if (Files.isDirectory(data)) {
            return ofFolder(data);
        }
        Line first = Lines.first(data).orElseThrow(() -> new UnreadableDataException(data, "is empty"));
        String name = data.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".txt")) {
            return Kind.TEXTS;
        }
        return name.endsWith(".tsv") || name.endsWith(".csv") ? ofTable(data) : ofJson(JsonLine.of(first));
    }

    private static Kind ofFolder(Path folder) {
        if (Files.exists(folder.resolve(RetrievalFolder.CORPUS))) {
            return Kind.RETRIEVAL;
        }
        if (LabelledFile.part(folder, "train").isPresent()) {
            return Kind.LABELLED;
        }
        throw new UnreadableDataException(
                folder, "has neither corpus.jsonl and queries.jsonl nor train and test; say what it is with --kind");
    }

    private static Kind ofTable(Path file) {
        Row first = TableFile.rows(file).get(0);
        if (GradedFile.fits(first)) {
            return Kind.GRADED;
        }
        if (LabelledFile.fits(first)) {
            return Kind.LABELLED;
        }
        throw first.line()
                .refused("is neither two texts and a score nor a text and its label; say what it is with --kind");
    }

    private static Kind ofJson(JsonLine line) {
        if (line.has(Names.ANCHOR) && line.has(Names.POSITIVE)) {
            return Kind.PAIRS;
        }
        if (line.has(Names.LEFT) && line.has(Names.RIGHT)) {
            return Kind.GRADED;
        }
        if (line.has(Names.TEXT)) {
            return line.has(Names.CLASS) ? Kind.LABELLED : Kind.TEXTS;
        }
        throw line.line().refused("has neither anchor and positive, sentence1 and sentence2, nor text");
    }

    private static Data graded(Path file) {
        boolean table = !json(file);
        if (table) {
            return GradedFile.readTable(file);
        }
        boolean pairs = Lines.first(file)
                .map(JsonLine::of)
                .filter(line -> line.has(Names.ANCHOR))
                .isPresent();
        return pairs ? PairsFile.read(file, Optional.of(Kind.GRADED)) : GradedFile.readJson(file);
    }

    private static Data texts(Path file) {
        List<String> texts = Lines.of(file).stream()
                .map(line -> json(file)
                        ? JsonLine.of(line).text(Names.TEXT)
                        : line.text().strip())
                .toList();
        if (texts.size() < 2) {
            throw new UnreadableDataException(file, "has fewer than two texts");
        }
        return new Data.Texts(file.getFileName().toString(), texts);
    }

    private static boolean json(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.endsWith(".txt") && !name.endsWith(".tsv") && !name.endsWith(".csv");
    }
}
