package dev.millrace.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where things lie, for the tests of this module and of those that use its chart. */
public final class Repository {
    public static final List<String> SERVICES = List.of("ingestion", "attribution", "encoder", "trainer");
    /** Those with a Dockerfile. */
    public static final List<String> IMAGES =
            List.of("ingestion", "attribution", "encoder", "trainer", "admin", "operator");
    /** Those with an API; the others have nothing but their management port. */
    static final List<String> CALLED = List.of("ingestion", "encoder");

    static final Path ROOT = root(Path.of("").toAbsolutePath());
    static final Path DEPLOY = ROOT.resolve("deploy");
    static final Path CHART = DEPLOY.resolve("helm/millrace");

    private Repository() {}

    /** Tests run in their module's folder, and modules lie at different depths. */
    private static Path root(final Path folder) {
        return Files.isDirectory(folder.resolve("deploy/helm")) ? folder : root(folder.getParent());
    }

    /** The sets of values that the chart is tested with. */
    public static List<String> valueSets() {
        return filesBelow(CHART.resolve("ci")).stream()
                .map(file -> file.getFileName().toString().replace("-values.yaml", ""))
                .toList();
    }

    public static Path root() {
        return ROOT;
    }

    /** The folder of an image's Dockerfile. */
    public static Path image(final String name) {
        return DEPLOY.resolve("images").resolve(name);
    }

    /** What an image is made of; there after the phase `package` only. */
    public static Path built(final String image) {
        return switch (image) {
            case "admin" -> ROOT.resolve("infra/admin/target/lib");
            case "operator" -> DEPLOY.resolve("operator/target/lib");
            default -> ROOT.resolve("services").resolve(image).resolve("target/quarkus-app");
        };
    }

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
