package dev.millrace.devstack.storage;

import dev.millrace.devstack.process.Await;
import dev.millrace.devstack.process.Folders;
import dev.millrace.devstack.process.Screen;
import dev.millrace.devstack.process.StartFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Builds a MinIO server with the Go toolchain on the path: a server to test against, never a part of what is shipped. */
final class MinioBinary {
    private static final String MODULE = "github.com/minio/minio@v0.0.0-20260212201848-7aac2a2c5b7c";
    private static final Duration LIMIT = Duration.ofMinutes(15);

    private MinioBinary() {}

    /** Builds it once; later calls find it in the folder. */
    static Path build(Path folder, Screen screen) {
        Path binary = folder.resolve("minio");
        if (Files.isExecutable(binary)) {
            return binary;
        }
        screen.line("building MinIO with go install, once (some minutes; log in " + folder.resolve("build.log") + ")");
        Process build = start(Folders.create(folder));
        new Await(screen, LIMIT).until(() -> "building MinIO", () -> !build.isAlive());
        if (build.exitValue() != 0 || !Files.isExecutable(binary)) {
            throw new StartFailedException("go install failed, see " + folder.resolve("build.log"));
        }
        return binary;
    }

    private static Process start(Path folder) {
        ProcessBuilder go = new ProcessBuilder("go", "install", MODULE)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("build.log").toFile());
        go.environment().putAll(Map.of("GOBIN", folder.toString(), "GOFLAGS", "-buildvcs=false"));
        try {
            return go.start();
        } catch (IOException e) {
            throw new StartFailedException("--minio build needs a Go toolchain (1.24 or newer) on the PATH", e);
        }
    }
}
