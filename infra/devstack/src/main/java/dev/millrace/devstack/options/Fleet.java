package dev.millrace.devstack.options;

import dev.millrace.events.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many trainers share how many partitions, on which ports services listen, and what is configured beyond the defaults.
 *
 * @param trainers number of trainer processes, 1..16
 * @param partitions of pairs, impressions and clicks alike, 1..64
 * @param ports ports asked for; a service that is absent gets a free one
 * @param settings configuration keys by service, for example {@code millrace.trainer.threads}
 * @param spares processes that are not started with the others
 */
public record Fleet(
        int trainers,
        int partitions,
        Map<Service, Integer> ports,
        Map<Service, Map<String, String>> settings,
        List<SpareProcess> spares) {
    public Fleet {
        require("trainers", trainers, 16);
        require("partitions", partitions, 64);
        ports.forEach((service, port) -> require("the port of " + service.folder(), port, 65_535));
        ports = Map.copyOf(ports);
        settings = Map.copyOf(settings);
        spares = List.copyOf(spares);
    }

    private static void require(String what, int number, int most) {
        if (number < 1 || number > most) {
            throw new IllegalArgumentException(what + " must be 1.." + most + ", not " + number);
        }
    }

    static Fleet one() {
        return new Fleet(1, Topics.DEFAULT_PARTITIONS, Map.of(), Map.of(), List.of());
    }

    public Map<String, String> settings(Service service) {
        return settings.getOrDefault(service, Map.of());
    }

    Fleet withTrainers(int count) {
        return new Fleet(count, partitions, ports, settings, spares);
    }

    Fleet withPartitions(int count) {
        return new Fleet(trainers, count, ports, settings, spares);
    }

    Fleet withPort(Service service, int port) {
        Map<Service, Integer> changed = new HashMap<>(ports);
        changed.put(service, port);
        return new Fleet(trainers, partitions, changed, settings, spares);
    }

    Fleet withSettings(Service service, Map<String, String> added) {
        Map<String, String> ofService = new HashMap<>(settings(service));
        ofService.putAll(added);
        Map<Service, Map<String, String>> changed = new HashMap<>(settings);
        changed.put(service, Map.copyOf(ofService));
        return new Fleet(trainers, partitions, ports, changed, spares);
    }

    Fleet withSpare(SpareProcess spare) {
        List<SpareProcess> more = new ArrayList<>(spares);
        more.add(spare);
        return new Fleet(trainers, partitions, ports, settings, more);
    }
}
