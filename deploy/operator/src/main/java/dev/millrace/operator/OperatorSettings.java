package dev.millrace.operator;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the environment says.
 *
 * @param namespaces whose encoders are looked after; empty: all
 * @param interval how often each is looked at without a reason
 * @param lease in which namespace operators agree on who acts; empty: there is no other
 * @param adminToken what trainers and encoders want of who asks for metrics
 * @param listen where health is told, host:port
 */
record OperatorSettings(
        Set<String> namespaces,
        Duration interval,
        Optional<String> lease,
        Optional<String> adminToken,
        Address listen) {
    private static final String PREFIX = "MILLRACE_OPERATOR_";
    private static final Set<String> KEYS =
            Set.of("NAMESPACES", "INTERVAL", "LEASE_NAMESPACE", "ADMIN_TOKEN", "HOST", "PORT");
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int PORTS = 65_535;

    /** Where to listen; port 0 takes a free one. */
    record Address(String host, int port) {}

    /**
     * Reads the environment.
     *
     * @throws IllegalArgumentException when it says what cannot be; the message names the variable and its range
     */
    static OperatorSettings of(Map<String, String> environment) {
        final Map<String, String> given = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !value.isBlank()) {
                given.put(name.substring(PREFIX.length()), value.strip());
            }
        });
        given.keySet().stream().filter(key -> !KEYS.contains(key)).findFirst().ifPresent(key -> {
            throw new IllegalArgumentException(PREFIX + key + " is no setting of the operator");
        });
        return new OperatorSettings(
                Stream.of(given.getOrDefault("NAMESPACES", "").split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()),
                interval(given.getOrDefault("INTERVAL", "PT15S")),
                Optional.ofNullable(given.get("LEASE_NAMESPACE")),
                Optional.ofNullable(given.get("ADMIN_TOKEN")),
                new Address(given.getOrDefault("HOST", "127.0.0.1"), port(given.getOrDefault("PORT", "8090"))));
    }

    private static Duration interval(String text) {
        try {
            final Duration interval = Duration.parse(text);
            if (interval.compareTo(SHORTEST) >= 0 && interval.compareTo(LONGEST) <= 0) {
                return interval;
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(PREFIX + "INTERVAL must be PT1S .. PT1H, not " + text, e);
        }
        throw new IllegalArgumentException(PREFIX + "INTERVAL must be PT1S .. PT1H, not " + text);
    }

    private static int port(String text) {
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= PORTS) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException(PREFIX + "PORT must be 0 .. 65535, not " + text);
    }
}
