package dev.millrace.bench.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.bench.command.AbsentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonProcessTest {
    @TempDir
    Path folder;

    @Test
    void theFolderOfAnEnvironmentIsAsGoodAsItsPython() throws IOException {
        // Given an environment whose Python says which script it was given
        Path python = folder.resolve("bin/python");
        Files.createDirectories(python.getParent());
        Files.writeString(python, "#!/bin/sh\necho \"$1\"\n");
        Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwx------"));

        // When
        try (PythonProcess process =
                new PythonProcess(folder, Path.of("script.py"), List.of(), folder.resolve("log"))) {

            // Then
            assertThat(process.answer()).isEqualTo("script.py");
        }
    }

    @Test
    void whereThereIsNoPythonItIsAbsent() {
        // When / Then
        assertThatThrownBy(() -> new PythonProcess(
                                folder.resolve("no-such"), Path.of("script.py"), List.of(), folder.resolve("log"))
                        .close())
                .isInstanceOf(AbsentException.class)
                .hasMessageContaining("no-such cannot be run");
    }
}
