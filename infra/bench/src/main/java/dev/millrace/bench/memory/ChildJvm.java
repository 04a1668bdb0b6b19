package dev.millrace.bench.memory;

import dev.millrace.devstack.process.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A JVM for one measurement of memory, so that nothing else is in it. Its heap has one size and is touched whole at the start:
 * what its resident memory grows by is not the heap.
 */
final class ChildJvm {
    static final int HEAP_MIB = 256;

    private static final String LOGGING = "java.util.logging.config.file";

    private ChildJvm() {}

    /** Runs it to its end with our screen; returns its exit code. */
    static int run(Class<?> main, String argument) {
        List<String> command = new ArrayList<>(JavaCommand.of(HEAP_MIB, false));
        command.addAll(JavaCommand.VECTOR_API);
        command.addAll(List.of("-Xms" + HEAP_MIB + "m", "-XX:+AlwaysPreTouch"));
        Optional.ofNullable(System.getProperty(LOGGING))
                .ifPresent(
                        file -> command.add("-D" + LOGGING + "=" + Path.of(file).toAbsolutePath()));
        command.addAll(List.of("-cp", JavaCommand.classPath()));
        command.addAll(List.of(main.getName(), argument));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(JavaCommand.NATIVE_ENVIRONMENT);
        try {
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            return process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a JVM", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
