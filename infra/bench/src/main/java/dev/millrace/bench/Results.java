package dev.millrace.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The table on the screen and the JSON beside it. */
final class Results {
    private Results() {}

    /** Every row with how much faster the first contender of its work is. */
    static List<String> table(List<Measurement> measurements) {
        return measurements.stream()
                .map(row -> line(row, first(row, measurements)))
                .toList();
    }

    static String head() {
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

    static void write(Path file, List<Measurement> measurements) {
        try {
            Files.createDirectories(file.getParent());
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), measurements);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
