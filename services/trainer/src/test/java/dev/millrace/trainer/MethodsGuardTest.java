package dev.millrace.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.testing.Configs;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quarkus tells a refusal in one line only if it is a ConfigurationException that has no cause. */
class MethodsGuardTest {
    @ParameterizedTest
    @CsvSource({
        "view, nonsense",
        "objective, info-nce+",
        "miner, nonsense",
        "composer, nonsense",
        "optimizer, nonsense",
        "schedule, nonsense"
    })
    void aMethodThatThereIsNotIsRefusedInOneLine(String key, String value) {
        // Given
        LearningConfig config = Configs.learning(key, value);

        // When
        Throwable refusal = refusal(config);

        // Then
        assertThat(refusal)
                .isInstanceOf(ConfigurationException.class)
                .hasNoCause()
                .hasMessageStartingWith("millrace.learning." + key);
        assertThat(refusal.getMessage()).hasLineCount(1);
    }

    @Test
    void synonymsThatAreMissingAreRefusedInOneLine(@TempDir Path folder) {
        // Given
        LearningConfig config = synonyms(folder.resolve("none"));

        // When
        Throwable refusal = refusal(config);

        // Then
        assertThat(refusal)
                .isInstanceOf(ConfigurationException.class)
                .hasNoCause()
                .hasMessageStartingWith("millrace.learning.eda-synonyms: ");
    }

    @Test
    void synonymsThatCannotBeReadAreRefusedInOneLine(@TempDir Path folder) throws IOException {
        // Given
        LearningConfig config = synonyms(Files.writeString(folder.resolve("words"), "a word alone\n"));

        // When
        Throwable refusal = refusal(config);

        // Then
        assertThat(refusal)
                .isInstanceOf(ConfigurationException.class)
                .hasNoCause()
                .hasMessageStartingWith("millrace.learning.eda-synonyms: ");
    }

    @Test
    void theDefaultsAreNotRefused() {
        // Given
        LearningConfig config = Configs.learning();

        // When
        Throwable refusal = refusal(config);

        // Then
        assertThat(refusal).isNull();
    }

    private static LearningConfig synonyms(Path file) {
        return Configs.learning("view", "eda", "eda-synonyms", file.toString());
    }

    private static Throwable refusal(LearningConfig config) {
        return catchThrowable(() -> new MethodsGuard().start(new StartupEvent(), config));
    }
}
