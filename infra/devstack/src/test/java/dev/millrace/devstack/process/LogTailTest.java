package dev.millrace.devstack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogTailTest {
    @TempDir
    Path folder;

    @Test
    void ofAStackTraceTheSentenceOfTheLastCauseIsTaken() throws IOException {
        // Given
        Path log = log("""
                2026-11-30 ERROR [io.quarkus.runtime.Application] (main) Failed to start: java.lang.RuntimeException: no
                \tat io.quarkus.runner.ApplicationImpl.doStart(Unknown Source)
                Caused by: java.lang.RuntimeException: Error injecting a part
                \tat dev.millrace.trainer.TrainerWiring.life(TrainerWiring.java:107)
                \t... 9 more
                Caused by: java.lang.IllegalArgumentException: the file of words cannot be read
                \tat dev.millrace.trainer.learning.Methods.check(Methods.java:90)
                \tat java.base/sun.nio.fs.UnixException.rethrowAsIOException(UnixException.java:106)
                \tSuppressed: java.io.IOException: cannot be closed
                \tCaused by: java.io.IOException: is closed
                \t... 12 more
                """);

        // When
        String reason = LogTail.reason(log);

        // Then
        assertThat(reason).isEqualTo("the file of words cannot be read (" + log + ")");
    }

    @ParameterizedTest
    @CsvSource({
        "java.lang.NullPointerException, java.lang.NullPointerException",
        "java.nio.file.NoSuchFileException: /words, java.nio.file.NoSuchFileException: /words",
        "java.io.UncheckedIOException: java.io.IOException: no space left, no space left",
        "dev.millrace.Refusal: millrace.learning.view: one of [a], millrace.learning.view: one of [a]"
    })
    void aCauseIsToldWithItsClassOnlyWhereItsMessageIsNoSentence(String cause, String told) throws IOException {
        // Given
        Path log = log("ERROR failed\n\tat a.B.c(B.java:1)\nCaused by: " + cause + "\n\tat a.B.d(B.java:2)\n");

        // When
        String reason = LogTail.reason(log);

        // Then
        assertThat(reason).isEqualTo(told + " (" + log + ")");
    }

    @Test
    void aLineWithoutATraceIsTakenWhole() throws IOException {
        // Given
        Path log = log("INFO starting\nERROR port 80 is taken\nINFO stopping\n");

        // When
        String reason = LogTail.reason(log);

        // Then
        assertThat(reason).isEqualTo("ERROR port 80 is taken (" + log + ")");
    }

    @Test
    void whereNoLineNamesAnErrorTheNewestIsTaken() throws IOException {
        // Given
        Path log = log("WARNING: Using incubator modules\nmillrace.learning.view is \"x\"; it must be one of [y]\n\n");

        // When
        String reason = LogTail.reason(log);

        // Then
        assertThat(reason).startsWith("millrace.learning.view is \"x\"; it must be one of [y]");
    }

    private Path log(String content) throws IOException {
        return Files.writeString(folder.resolve("trainer.log"), content);
    }
}
