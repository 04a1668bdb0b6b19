package dev.millrace.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where things lie; tests run in the module's folder. */
final class Repository {
    static final List<String> SERVICES = List.of("ingestion", "attribution", "encoder", "trainer");
    /** Those with an API; the others have nothing but their management port. */
    static final List<String> CALLED = List.of("ingestion", "encoder");

    static final Path DEPLOY = Path.of("").toAbsolutePath();
    static final Path ROOT = DEPLOY.getParent();
    static final Path CHART = DEPLOY.resolve("helm/millrace");

    private Repository() {}

    static Path values(final String name) {
        return CHART.resolve("ci").resolve(name + "-values.yaml");
    }

    static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> filesBelow(final Path folder) {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
