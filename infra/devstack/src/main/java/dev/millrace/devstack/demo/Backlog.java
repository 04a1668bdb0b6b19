package dev.millrace.devstack.demo;

import dev.millrace.checkpoints.Manifest;
import java.util.Map;

/** How many records of the topic the newest version has not learned yet. */
record Backlog(PairsLog log, VersionBook versions) {
    long records() {
        return log.beyond(
                versions.head().<Map<String, Long>>map(Manifest::offsets).orElse(Map.of()));
    }
}
