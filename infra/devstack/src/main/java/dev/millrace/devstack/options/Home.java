package dev.millrace.devstack.options;

import dev.millrace.devstack.process.StartFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The checkout the stack runs from: it finds what the build has made. */
public record Home(Path root) {
    /** System property that names the checkout; without it the working directory's ancestors are searched. */
    public static final String PROPERTY = "millrace.home";

    public static Home find() {
        Path start = Path.of(System.getProperty(PROPERTY, "")).toAbsolutePath().normalize();
        return Stream.iterate(start, java.util.Objects::nonNull, Path::getParent)
                .filter(folder -> Files.isDirectory(folder.resolve("services")) && Files.exists(folder.resolve(".mvn")))
                .findFirst()
                .map(Home::new)
                .orElseThrow(() -> new StartFailedException(
                        "no Millrace checkout at or above " + start + ": run ./millrace, or set -D" + PROPERTY));
    }

    public Path target() {
        return root.resolve("target");
    }

    public Path jar(Service service) {
        return built(root.resolve("services").resolve(service.folder()).resolve("target/quarkus-app/quarkus-run.jar"));
    }

    public Path s3Server() {
        return built(root.resolve("infra/devstack/target/s3proxy/s3proxy.jar"));
    }

    private Path built(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new StartFailedException(root.relativize(file) + " is missing: build first (mvn package)");
        }
        return file;
    }
}
