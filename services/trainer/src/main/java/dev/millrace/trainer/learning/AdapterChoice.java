package dev.millrace.trainer.learning;

import dev.millrace.embedding.adapter.AdapterMethod;
import dev.millrace.embedding.adapter.AdapterSettings;
import dev.millrace.embedding.model.plan.Place;
import dev.millrace.trainer.learning.settings.LearningConfig;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What learns beside an encoder's weights, as the configuration says. */
final class AdapterChoice {
    private static final String NONE = "none";

    private AdapterChoice() {}

    /**
     * The adapter; empty where the weights themselves learn.
     *
     * @throws IllegalArgumentException naming the key
     */
    static Optional<AdapterSettings> of(LearningConfig config) {
        if (config.adapter().equals(NONE)) {
            return Optional.empty();
        }
        if (config.mergeBase() > 0) {
            throw new IllegalArgumentException(
                    "millrace.learning.merge-base must be 0 with an adapter: the mean with a base"
                            + " without one is the same adapter with a smaller millrace.learning.adapter-alpha");
        }
        return Optional.of(new AdapterSettings(
                method(config.adapter()),
                config.adapterRank(),
                config.adapterAlpha(),
                config.adapterTargets().stream().map(AdapterChoice::target).collect(Collectors.toSet()),
                config.seed()));
    }

    private static AdapterMethod method(String name) {
        return Arrays.stream(AdapterMethod.values())
                .filter(method -> method.key().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    Set<String> known = Arrays.stream(AdapterMethod.values())
                            .map(AdapterMethod::key)
                            .collect(Collectors.toCollection(TreeSet::new));
                    known.add(NONE);
                    return unknown("adapter", name, known);
                });
    }

    private static Place target(String name) {
        if (!AdapterSettings.keys().contains(name)) {
            throw unknown("adapter-targets", name, AdapterSettings.keys());
        }
        return Place.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static IllegalArgumentException unknown(String key, String chosen, Set<String> known) {
        return new IllegalArgumentException(
                "millrace.learning." + key + " is \"" + chosen + "\"; it must be one of " + known);
    }
}
