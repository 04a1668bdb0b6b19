package dev.millrace.devstack.demo;

import dev.millrace.checkpoints.Manifest;
import java.util.Map;

/** How many records of the topic the newest version has not learned yet. */
record Backlog(PairsLog log, VersionBook versions) {
    long records() {
        Map<String, Long> learned =
                versions.head().<Map<String, Long>>map(Manifest::offsets).orElse(Map.of());
        return log.end().entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - learned.getOrDefault(end.getKey(), 0L)))
                .sum();
    }
}
