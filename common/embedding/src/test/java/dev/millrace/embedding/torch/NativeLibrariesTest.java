package dev.millrace.embedding.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.util.Utils;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibrariesTest {

    @TempDir
    Path cache;

    @Test
    void anotherPlatformIsToldInOneLine() throws Exception {
        // When
        String output = start(List.of("-Dos.arch=riscv64"), Map.of(), true);

        // Then
        assertThat(output)
                .matches("IllegalStateException: libtorch for [a-z]+-riscv64 is not available: this build holds none; "
                        + "supported are linux-x86_64, linux-aarch64, osx-aarch64, "
                        + "each built on such a machine or with -Dlibtorch.classifier=PLATFORM");
    }

    @Test
    void aMissingLibtorchIsNotDownloaded() throws Exception {
        // When
        String output = start(List.of(), Map.of(), false);

        // Then
        assertThat(output).startsWith("IllegalStateException: libtorch for ").contains("is not available");
        assertThat(cache).isEmptyDirectory();
    }

    @Test
    void downloadsCannotBeAskedFor() throws Exception {
        // When
        String output = start(List.of(), Map.of("DJL_OFFLINE", "false"), true);

        // Then
        assertThat(output).startsWith("IllegalStateException: DJL_OFFLINE must be true or unset, not false");
    }

    @Test
    void onceStartedDjlOpensNoConnection() {
        // Given
        NativeLibraries.engine();

        // When, Then
        assertThatThrownBy(() -> Utils.openUrl("https://libtorch.invalid/"))
                .isInstanceOf(IOException.class)
                .hasMessage("Offline mode is enabled.");
    }

    /** Starts the engine in a JVM of its own, with an empty cache, and with or without libtorch on its class path. */
    private String start(List<String> options, Map<String, String> environment, boolean libtorch) throws Exception {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> libtorch || !entry.contains("pytorch-native-cpu"))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath));
        command.addAll(options);
        command.add(Start.class.getName());
        ProcessBuilder process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        process.environment().keySet().removeAll(List.of("DJL_OFFLINE", "PYTORCH_LIBRARY_PATH"));
        process.environment().put("DJL_CACHE_DIR", cache.toString());
        process.environment().putAll(environment);
        return new String(process.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    /** What the JVM runs. */
    static final class Start {
        public static void main(String[] arguments) {
            try {
                System.out.println("started " + NativeLibraries.engine().getEngineName());
            } catch (IllegalStateException e) {
                System.out.println("IllegalStateException: " + e.getMessage());
            }
        }
    }
}
