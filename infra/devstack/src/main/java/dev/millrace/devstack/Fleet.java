package dev.millrace.devstack;

import java.util.HashMap;
import java.util.Map;

/**
 * How many trainers run, on which ports services listen, and what is configured beyond the defaults.
 *
 * @param trainers number of trainer processes, 1..16
 * @param ports ports asked for; a service that is absent gets a free one
 * @param settings configuration keys by service, for example {@code millrace.trainer.threads}
 */
public record Fleet(int trainers, Map<Service, Integer> ports, Map<Service, Map<String, String>> settings) {
    public Fleet {
        if (trainers < 1 || trainers > 16) {
            throw new IllegalArgumentException("trainers must be 1..16, not " + trainers);
        }
        ports = Map.copyOf(ports);
        settings = Map.copyOf(settings);
    }

    static Fleet one() {
        return new Fleet(1, Map.of(), Map.of());
    }

    Map<String, String> settings(Service service) {
        return settings.getOrDefault(service, Map.of());
    }

    Fleet withTrainers(int count) {
        return new Fleet(count, ports, settings);
    }

    Fleet withPort(Service service, int port) {
        Map<Service, Integer> changed = new HashMap<>(ports);
        changed.put(service, port);
        return new Fleet(trainers, changed, settings);
    }

    Fleet withSettings(Service service, Map<String, String> added) {
        Map<String, String> ofService = new HashMap<>(settings(service));
        ofService.putAll(added);
        Map<Service, Map<String, String>> changed = new HashMap<>(settings);
        changed.put(service, Map.copyOf(ofService));
        return new Fleet(trainers, ports, changed);
    }
}
