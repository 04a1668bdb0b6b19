package dev.millrace.service.environment;

import dev.millrace.service.access.HttpConfig;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Refuses environment variables that are meant for a service and that none of its mappings knows. SmallRye refuses unknown keys of
 * every source but this one, as an environment holds much that is for others; what begins as a mapping's variables do is not.
 */
@Singleton
public final class EnvironmentGuard {
    private static final KnownKeys EVERY_SERVICES = KnownKeys.of(HttpConfig.class);

    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent started, KnownKeys own) {
        require(own.and(EVERY_SERVICES), System.getenv().keySet());
    }

    /**
     * Lets a service start, or not.
     *
     * @param variables the environment's names
     * @throws ConfigurationException in one line, with every misspelled name and the one that was probably meant
     */
    static void require(KnownKeys known, Set<String> variables) {
        String refused = variables.stream()
                .filter(known::misspelled)
                .sorted()
                .map(variable -> variable + " (nearest: " + known.nearest(variable) + ")")
                .collect(Collectors.joining(", "));
        if (!refused.isEmpty()) {
            throw new ConfigurationException("no such key, environment variable " + refused);
        }
    }
}
