package dev.millrace.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The table on the screen and the JSON beside it. */
final class Results {
    private Results() {}

    static void print(int threads, List<Measurement> measurements) {
        System.out.printf(
                "%n%d threads. Peers (sentence-transformers, torch, onnxruntime) are not measured here.%n", threads);
        System.out.printf(
                "%-34s %-10s %-6s %-10s %10s %10s %10s%n", "work", "who", "prec", "unit", "median", "min", "max");
        for (Measurement m : measurements) {
            System.out.printf(
                    "%-34s %-10s %-6s %-10s %10.2f %10.2f %10.2f%n",
                    m.work(), m.who(), m.precision(), m.unit(), m.median(), m.min(), m.max());
        }
    }

    static void write(Path file, List<Measurement> measurements) {
        try {
            Files.createDirectories(file.getParent());
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), measurements);
            System.out.println("written: " + file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
