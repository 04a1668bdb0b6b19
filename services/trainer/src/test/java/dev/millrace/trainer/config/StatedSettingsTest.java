package dev.millrace.trainer.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.trainer.learning.settings.GateConfig;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.learning.settings.Presets;
import dev.millrace.trainer.learning.settings.RoundConfig;
import dev.millrace.trainer.testing.Configs;
import io.smallrye.config.SmallRyeConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StatedSettingsTest {
    /** Keys by which the audit and people know settings for longer than there is this list. */
    private static final String[] KNOWN = {"objective", "seen-ids", "window-pairs", "precision", "learning-rate"};

    private final EncoderOptions options = new EncoderOptions("cpu", Precision.FP32, 3, 128);

    @Test
    void everySettingOfLearningThatTheReadmeNamesIsStated() throws Exception {
        // Given
        String readme = Files.readString(Path.of("README.md"));
        String table = readme.substring(readme.indexOf("| key `millrace.learning.`"));
        String[] keys = Pattern.compile("^\\| `([a-z-]+)` ", Pattern.MULTILINE)
                .matcher(table.substring(0, table.indexOf("Which optimizer")))
                .results()
                .map(row -> row.group(1))
                .toArray(String[]::new);

        // When
        SortedMap<String, String> stated = stated(Map.of(
                "millrace.learning.preset", "search",
                "millrace.learning.dropout", "0.2",
                "millrace.learning.matryoshka", "384,96",
                "millrace.learning.guide-margin", "0.1",
                "millrace.learning.eda-synonyms", "words.tsv"));

        // Then
        assertThat(keys).hasSizeGreaterThan(20);
        assertThat(stated).containsKeys(keys).containsKeys(KNOWN).containsEntry("matryoshka", "[384, 96]");
    }

    @Test
    void valuesAreThoseInForceAndWhatHasNoneIsLeftOut() {
        // When
        SortedMap<String, String> stated = stated(Map.of("millrace.gate.drift", "0.4"));

        // Then
        assertThat(stated)
                .containsEntry("gate.drift", "0.4")
                .containsEntry("round.codec", "bf16")
                .containsEntry("window-time", "PT30S")
                .containsEntry("threads", "3")
                .containsEntry("mining-depth", "20")
                .doesNotContainKey("dropout");
    }

    @Test
    void whatAPresetMadeIsStatedBesideItsValuesButNotWhatAPersonSaidOtherwise() {
        // When
        SortedMap<String, String> stated =
                stated(Map.of("millrace.learning.preset", "faq", "millrace.learning.batch-pairs", "32"));

        // Then
        assertThat(stated)
                .containsEntry("preset", "faq")
                .containsEntry("objective", "info-nce(directions=both)")
                .containsEntry("batch-pairs", "32")
                .containsEntry("preset.made", "composer, consolidation-passes, objective");
    }

    @Test
    void withoutAPresetNothingIsSaidOfOne() {
        // When
        SortedMap<String, String> stated = stated(Map.of());

        // Then
        assertThat(stated).doesNotContainKeys("preset", "preset.made");
    }

    private SortedMap<String, String> stated(Map<String, String> keys) {
        SmallRyeConfig config = Configs.read(keys);
        return StatedSettings.of(
                config.getConfigMapping(TrainerConfig.class),
                new VersionSettings(
                        config.getConfigMapping(LearningConfig.class),
                        config.getConfigMapping(GateConfig.class),
                        config.getConfigMapping(RoundConfig.class)),
                options,
                Presets.inForce(config));
    }
}
