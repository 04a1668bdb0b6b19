package dev.millrace.integration;

import static org.awaitility.Awaitility.await;

import dev.millrace.devstack.process.ChildProcess;
import dev.millrace.devstack.process.JavaCommand;
import dev.millrace.devstack.process.LaunchSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack whose JVM is killed with SIGKILL leaves no process behind. */
class OrphanTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void aChildEndsWhenItsParentIsKilled() throws IOException, InterruptedException {
        // Given
        Path pidFile = folder.resolve("pid");
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        JavaCommand.classPath(),
                        Parent.class.getName(),
                        pidFile.toString())
                .inheritIO()
                .start();
        await("the child").atMost(LIMIT).until(() -> Files.exists(pidFile));
        ProcessHandle child =
                ProcessHandle.of(Long.parseLong(Files.readString(pidFile))).orElseThrow();

        // When
        parent.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

        // Then
        await("the child's end").atMost(LIMIT).until(() -> !child.isAlive());
    }

    /** Stands for the stack's JVM: starts one child, tells its pid and waits to be killed. */
    static final class Parent {
        private Parent() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            Path pidFile = Path.of(arguments[0]);
            Path folder = pidFile.getParent();
            ChildProcess child = ChildProcess.launch(
                    new LaunchSpec("sleeper", List.of("sleep", "600"), Map.of(), folder, folder.resolve("child.log")));
            Path whole = Files.writeString(folder.resolve("pid.tmp"), Long.toString(child.pid()));
            Files.move(whole, pidFile);
            child.awaitEnd(Duration.ofMinutes(5));
        }
    }
}
