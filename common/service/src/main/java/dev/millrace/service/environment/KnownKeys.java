package dev.millrace.service.environment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The keys that a service's mappings declare, and with them the variables that it may be told them by. A service gives them as a
 * bean; without it, it cannot be built.
 *
 * @param roots variables of a mapping's begin with it: {@code MILLRACE_TRAINER_}
 * @param variables of all mappings; {@code *} in one stands for whatever a map's key or a list's place is
 */
public record KnownKeys(List<String> roots, SortedSet<String> variables) {
    /** What Kubernetes tells a pod of services, whose names may begin as ours do. */
    private static final Pattern SERVICE_LINK =
            Pattern.compile(".+_(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT|PORT_\\d+_(TCP|UDP|SCTP)(_.+)?)");

    /**
     * Those of the given mappings.
     *
     * @param mappings interfaces annotated with {@link ConfigMapping}
     */
    public static KnownKeys of(Class<?>... mappings) {
        return new KnownKeys(
                Stream.of(mappings)
                        .map(mapping -> variable(
                                mapping.getAnnotation(ConfigMapping.class).prefix() + "."))
                        .toList(),
                new TreeSet<>(Stream.of(mappings)
                        .map(ConfigMappings.ConfigClass::configClass)
                        .flatMap(mapping -> mapping.getProperties().keySet().stream())
                        .map(KnownKeys::variable)
                        .toList()));
    }

    /** These and others. */
    KnownKeys and(KnownKeys others) {
        SortedSet<String> all = new TreeSet<>(variables);
        all.addAll(others.variables);
        return new KnownKeys(
                Stream.concat(roots.stream(), others.roots.stream()).toList(), all);
    }

    /** Whether a variable begins as those of a mapping do and yet is none of them; others are for somebody else. */
    boolean misspelled(String variable) {
        return roots.stream().anyMatch(variable::startsWith)
                && !SERVICE_LINK.matcher(variable).matches()
                && variables.stream().noneMatch(known -> variable.matches(known.replace("*", ".+")));
    }

    /** The variable that differs from the given one by the fewest letters. */
    String nearest(String variable) {
        return variables.stream()
                .min(Comparator.comparingInt(known -> Spelling.distance(known, variable)))
                .orElseThrow();
    }

    /** As MicroProfile Config maps them. */
    private static String variable(String key) {
        return key.replaceAll("[^a-zA-Z0-9*]", "_").toUpperCase(Locale.ROOT);
    }
}
