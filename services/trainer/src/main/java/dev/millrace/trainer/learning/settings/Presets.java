package dev.millrace.trainer.learning.settings;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Settings that belong together, by one name: a source of configuration above the defaults and below whatever a person
 * says himself. The README says when each is for and what it costs.
 */
public final class Presets implements ConfigSourceFactory {
    /** Every preset, as a pattern. */
    static final String NAMES = "search|faq|unsupervised|graded|multilingual";

    private static final String KEY = "millrace.learning.preset";
    /** Below files, environment and system properties; defaults are below everything. */
    private static final int ORDINAL = 50;

    private static final String SOURCE = source(Map.of()).getName();

    private static final Map<String, Map<String, String>> PRESETS = Map.of(
            "search",
            learning(
                    "objective", "info-nce",
                    "batch-pairs", "256",
                    "composer", "spread",
                    "hard-negatives", "1"),
            "faq",
            learning(
                    "objective", "info-nce(directions=both)",
                    "batch-pairs", "128",
                    "composer", "spread",
                    "consolidation-passes", "3"),
            "unsupervised",
            learning("objective", "info-nce", "view", "repetition", "miner", "none"),
            "graded",
            learning("objective", "cosent + info-nce", "miner", "none", "consolidation-passes", "3"),
            "multilingual",
            learning(
                    "objective", "info-nce(directions=both)",
                    "batch-pairs", "128",
                    "frozen-depth", "1"));

    /** Settings of a preset by their whole keys; none for a name that there is not. */
    public static Map<String, String> settings(String preset) {
        return PRESETS.getOrDefault(preset, Map.of());
    }

    /** Whole keys of the settings in force that a preset made, in order; those that a person says himself are not. */
    public static List<String> inForce(Config config) {
        return config.getOptionalValue(KEY, String.class).map(Presets::settings).orElse(Map.of()).keySet().stream()
                .filter(key -> SOURCE.equals(config.getConfigValue(key).getSourceName()))
                .sorted()
                .toList();
    }

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        return Optional.ofNullable(context.getValue(KEY))
                .map(ConfigValue::getValue)
                .map(Presets::settings)
                .map(Presets::source)
                .map(List::of)
                .orElse(List.of());
    }

    private static ConfigSource source(Map<String, String> settings) {
        return new PropertiesConfigSource(settings, KEY, ORDINAL);
    }

    /** Keys and values, one after the other. */
    private static Map<String, String> learning(String... settings) {
        Map<String, String> keys = new TreeMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            keys.put("millrace.learning." + settings[i], settings[i + 1]);
        }
        return keys;
    }
}
