package dev.millrace.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.learning.settings.Presets;
import dev.millrace.trainer.testing.Configs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresetsTest {
    private static final String PREFIX = "millrace.learning.";

    @ParameterizedTest
    @ValueSource(strings = {"search", "faq", "unsupervised", "graded", "multilingual"})
    void everyPresetIsSomethingThatCanBeLearnedAndWhatTheReadmeSays(String preset) throws Exception {
        // Given
        String row = Files.readString(Path.of("README.md"))
                .lines()
                .filter(line -> line.startsWith("| `" + preset + "` |"))
                .collect(Collectors.joining());

        // When
        LearningConfig config = Configs.learning("preset", preset);

        // Then
        assertThatCode(() -> Methods.check(config)).doesNotThrowAnyException();
        Map<String, String> said = Pattern.compile("`([a-z-]+)=([^`]+)`")
                .matcher(row)
                .results()
                .collect(Collectors.toMap(set -> PREFIX + set.group(1), set -> set.group(2)));
        assertThat(Presets.settings(preset)).isNotEmpty().isEqualTo(said);
    }

    @Test
    void whatAPersonSaysWinsAndWhatNobodySaysIsTheDefault() {
        // When
        LearningConfig config = Configs.learning("preset", "unsupervised", "view", "dropout");

        // Then
        assertThat(config.view()).isEqualTo("dropout");
        assertThat(config.miner()).isEqualTo("none");
        assertThat(config.batchPairs()).isEqualTo(64);
    }

    @Test
    void withoutAPresetAllIsAsItIsDocumented() {
        // When
        LearningConfig config = Configs.learning();

        // Then
        assertThat(config.preset()).isEmpty();
        assertThat(config.miner()).isEqualTo("rank-range");
        assertThat(Arrays.asList(config.objective(), config.composer())).containsExactly("info-nce", "shuffled");
    }
}
