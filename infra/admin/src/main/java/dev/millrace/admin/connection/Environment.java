package dev.millrace.admin.connection;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * What a command finds around it.
 *
 * @param variables the environment's
 * @param endpoints where a running stack of this checkout writes its endpoints file
 * @param clients how to reach what is named
 * @param clock stamps what is written
 */
public record Environment(Map<String, String> variables, Path endpoints, Clients clients, Clock clock) {

    /** Copies the map. */
    public Environment {
        variables = Map.copyOf(variables);
    }
}
