package dev.millrace.trainer.config;

import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.trainer.learning.settings.GateConfig;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.learning.settings.RoundConfig;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Every setting that shapes a version, for its manifest. Taken from the configuration itself, so that none is
 * forgotten.
 */
public final class StatedSettings {
    private StatedSettings() {}

    /**
     * By key: those of {@code millrace.learning} as they are, those of {@code millrace.gate} and
     * {@code millrace.round} with {@code gate.} and {@code round.} in front, and of {@code millrace.trainer} what cuts
     * the windows and computes; settings that have no value are left
     * out. What a preset made is listed as {@code preset.made}.
     *
     * @param preset whole keys of what it made
     */
    public static SortedMap<String, String> of(
            TrainerConfig trainer, VersionSettings version, EncoderOptions options, List<String> preset) {
        SortedMap<String, String> stated = new TreeMap<>();
        add(stated, "", LearningConfig.class, version.learning());
        add(stated, "gate.", GateConfig.class, version.gate());
        add(stated, "round.", RoundConfig.class, version.round());
        if (!preset.isEmpty()) {
            stated.put(
                    "preset.made",
                    preset.stream()
                            .map(key -> key.replace("millrace.learning.", "").replace("millrace.", ""))
                            .collect(Collectors.joining(", ")));
        }
        stated.put("window-pairs", Integer.toString(trainer.windowPairs()));
        stated.put("window-time", trainer.windowTime().toString());
        stated.put("device", trainer.device());
        stated.put("precision", options.precision().name());
        stated.put("route", options.route().toString());
        stated.put("threads", Integer.toString(options.threads()));
        stated.put("token-budget", Integer.toString(options.tokenBudget()));
        return stated;
    }

    private static <T> void add(SortedMap<String, String> stated, String prefix, Class<T> mapping, T config) {
        for (Method setting : mapping.getDeclaredMethods()) {
            if (!setting.isDefault() && !setting.isSynthetic() && setting.getParameterCount() == 0) {
                value(setting, config).ifPresent(value -> stated.put(prefix + key(setting), value));
            }
        }
    }

    private static Optional<String> value(Method setting, Object config) {
        try {
            Object value = setting.invoke(config);
            return (value instanceof Optional<?> optional ? optional : Optional.of(value)).map(Object::toString);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("the setting " + key(setting) + " cannot be read", e);
        }
    }

    private static String key(Method setting) {
        return setting.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
