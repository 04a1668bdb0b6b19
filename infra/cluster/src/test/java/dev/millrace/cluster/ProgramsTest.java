package dev.millrace.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.devstack.options.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What can be said of the programs without building one. */
final class ProgramsTest {
    private static final Path MODULE = Home.find().root().resolve("infra/cluster");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Program.class)
    void everyProgramIsBuiltInAVersionThatIsNamed(Program program) throws IOException {
        // Given
        String script = Files.readString(MODULE.resolve("programs.sh"));

        // When
        String versions = Files.readString(MODULE.resolve("programs.versions"));

        // Then
        assertThat(versions).containsPattern("(?m)^" + program.versionKey() + "=v\\d+\\.\\d+\\.\\d+$");
        assertThat(script).contains("once \"" + program.title() + "-$" + program.versionKey() + "\" ");
    }

    @Test
    void withoutGoTheSuiteIsRefusedInOneLine() throws IOException, InterruptedException {
        // Given
        ProcessBuilder build = new ProcessBuilder(
                        "/bin/bash", MODULE.resolve("programs.sh").toString(), folder.toString())
                .redirectErrorStream(true);
        build.environment().put("PATH", folder.toString());

        // When
        Process refused = build.start();

        // Then
        String said = new String(refused.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(refused.waitFor()).isEqualTo(1);
        assertThat(said.lines())
                .singleElement()
                .asString()
                .startsWith("millrace: no Go toolchain found on the PATH")
                .contains("1.26 or newer");
    }
}
