package dev.millrace.checkpoints.version;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The ranges that {@link Draft} and {@link Manifest} share. */
final class Checks {
    private Checks() {}

    static void version(final String version, final Optional<String> parent) {
        Names.name("version", version);
        parent.ifPresent(name -> Names.name("parent", name));
        if (parent.filter(version::equals).isPresent()) {
            throw new IllegalArgumentException("parent: the version itself");
        }
    }

    static void schema(final int schema, final int fitting) {
        if (schema != fitting) {
            throw new IllegalArgumentException("schema: " + schema + " is not " + fitting);
        }
    }

    static SortedMap<String, String> homes(
            final SortedMap<String, String> homes, final String version, final Set<String> paths) {
        homes.forEach((path, home) -> {
            Names.name("home of " + Names.path(path), home);
            if (home.equals(version)) {
                throw new IllegalArgumentException("home of " + path + ": the version itself");
            }
            if (!paths.contains(path)) {
                throw new IllegalArgumentException("home of " + path + ": there is no such file");
            }
        });
        return copy(homes);
    }

    static void space(final String space) {
        if (space.isBlank()) {
            throw new IllegalArgumentException("space: blank");
        }
    }

    static SortedMap<String, Long> offsets(final SortedMap<String, Long> offsets) {
        offsets.forEach((partition, offset) -> {
            if (offset < 0) {
                throw new IllegalArgumentException("offsets." + partition + ": negative");
            }
        });
        return copy(offsets);
    }

    static SortedMap<String, Double> evaluation(final SortedMap<String, Double> evaluation) {
        evaluation.forEach((name, value) -> {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("evaluation." + name + ": not finite");
            }
        });
        return copy(evaluation);
    }

    static <V> SortedMap<String, V> copy(final SortedMap<String, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
