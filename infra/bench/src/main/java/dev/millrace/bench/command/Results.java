package dev.millrace.bench.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The table on the screen and the JSON beside it. */
public final class Results {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Results() {}

    /** Every row with how much faster the first contender of its work is. */
    public static List<String> table(List<Measurement> measurements) {
        return measurements.stream()
                .map(row -> line(row, first(row, measurements)))
                .toList();
    }

    public static String head() {
        return String.format(
                "%-36s %-26s %-10s %-8s %10s %10s %10s  %s",
                "work", "who", "precision", "unit", "median", "min", "max", "first is");
    }

    private static Measurement first(Measurement row, List<Measurement> all) {
        return all.stream()
                .filter(other -> other.work().equals(row.work()))
                .findFirst()
                .orElseThrow();
    }

    private static String line(Measurement row, Measurement first) {
        return String.format(
                Locale.ROOT,
                "%-36s %-26s %-10s %-8s %10.2f %10.2f %10.2f  %s",
                row.work(),
                row.who(),
                row.precision(),
                row.unit(),
                row.median(),
                row.min(),
                row.max(),
                row.equals(first) ? "" : String.format(Locale.ROOT, "%.2f x", first.speedOver(row)));
    }

    /** On one line, to tell another process. */
    public static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value another process was told. */
    public static <T> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void write(Path file, Object figures) {
        try {
            Files.createDirectories(file.getParent());
            JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), figures);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
