package dev.millrace.trainer.learning.settings;

import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Choice of a method by its configured name. */
public final class Registry {
    private Registry() {}

    public static <T> T choose(String key, String name, Map<String, T> byName) {
        return Optional.ofNullable(byName.get(name))
                .orElseThrow(() -> new IllegalArgumentException(
                        key + " is \"" + name + "\"; it must be one of " + new TreeSet<>(byName.keySet())));
    }
}
