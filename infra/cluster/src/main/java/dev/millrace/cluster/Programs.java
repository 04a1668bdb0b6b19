package dev.millrace.cluster;

import dev.millrace.devstack.options.Home;
import dev.millrace.devstack.process.StartFailedException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** What {@code programs.sh} has built, in the versions that {@code programs.versions} asks for. */
public final class Programs {
    private final Path folder;
    private final Properties versions;

    private Programs(Path folder, Properties versions) {
        this.folder = folder;
        this.versions = versions;
    }

    /** Those of this checkout, in the user's cache; each is looked for when it is asked for. */
    public static Programs find() {
        Path file = Home.find().root().resolve("infra/cluster/programs.versions");
        Properties versions = new Properties();
        try (Reader text = Files.newBufferedReader(file)) {
            versions.load(text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        return new Programs(cache(), versions);
    }

    private static Path cache() {
        Path home = Path.of(System.getProperty("user.home"));
        return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(text -> !text.isEmpty())
                .map(Path::of)
                .orElseGet(() -> home.resolve(".cache"))
                .resolve("millrace/cluster");
    }

    /** Where a program lies; a StartFailedException when it was never built, or only in other versions. */
    String path(Program program) {
        return built(program.title(), program.versionKey()).toString();
    }

    /** The stages by which KWOK's nodes and pods become ready. */
    List<Path> stages() {
        return files("kwok-stages", "kwok");
    }

    /** The custom resources of KEDA. */
    List<Path> kedaDefinitions() {
        return files("keda-definitions", "keda");
    }

    /** The custom resources of Prometheus' operator that the chart knows. */
    List<Path> prometheusDefinitions() {
        return files("prometheus-definitions", "prometheus_operator");
    }

    private List<Path> files(String name, String versionKey) {
        try (Stream<Path> found = Files.list(built(name, versionKey))) {
            return found.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path built(String name, String versionKey) {
        Path path = folder.resolve(name + "-" + versions.getProperty(versionKey));
        if (!Files.exists(path)) {
            throw new StartFailedException(path + " is missing: ./millrace test --cluster builds it");
        }
        return path;
    }
}
