package dev.millrace.trainer.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.trainer.failure.Failures.Condemned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureFileTest {
    @TempDir
    Path folder;

    @Test
    void theNextProcessReadsWhatWasKept() {
        // Given
        Failures failures =
                new Failures(3, true, 16, List.of(new Condemned("pairs-1", 7, "a \"b\"", "cannot be learned")), 2);

        // When
        file().keep(failures);

        // Then
        assertThat(file().read()).isEqualTo(failures);
    }

    @Test
    void nothingIsLeftWhereNothingFailed() {
        // Given
        file().keep(new Failures(1, false, 0, List.of(), 0));

        // When
        file().keep(Failures.NONE);

        // Then
        assertThat(folder.resolve("work")).isEmptyDirectory();
        assertThat(file().read()).isEqualTo(Failures.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"inARow\": -1}", "{\"inARow\": 1, \"condemned\": [3]}"})
    void aFileThatCannotBeReadIsAsGoodAsNone(String content) throws IOException {
        // Given
        Files.createDirectories(folder.resolve("work"));
        Files.writeString(folder.resolve("work/failures.json"), content);

        // When
        Failures failures = file().read();

        // Then
        assertThat(failures).isEqualTo(Failures.NONE);
    }

    @Test
    void aFolderThatCannotBeWrittenToStopsNothing() throws IOException {
        // Given a file where the folder should be
        Files.writeString(folder.resolve("work"), "");

        // When
        file().keep(new Failures(1, false, 0, List.of(), 0));

        // Then
        assertThat(file().read()).isEqualTo(Failures.NONE);
    }

    private FailureFile file() {
        return new FailureFile(folder.resolve("work/failures.json"));
    }
}
