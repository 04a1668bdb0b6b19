package dev.millrace.devstack.options;

import dev.millrace.devstack.DevStack;
import java.util.Map;

/**
 * A further process of a service that the stack knows and does not start: {@link DevStack#startAgain} does.
 *
 * @param name of the process, no other's
 * @param settings configuration over whatever the service's other processes have
 */
public record SpareProcess(String name, Service service, Map<String, String> settings) {
    public SpareProcess {
        settings = Map.copyOf(settings);
    }
}
