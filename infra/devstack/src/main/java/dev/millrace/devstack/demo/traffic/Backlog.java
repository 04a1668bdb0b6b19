package dev.millrace.devstack.demo.traffic;

import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.devstack.demo.stack.PairsLog;
import dev.millrace.devstack.demo.stack.VersionBook;
import java.util.Map;

/** How many records of the topic the newest version has not learned yet. */
public record Backlog(PairsLog log, VersionBook versions) {
    public long records() {
        return log.beyond(
                versions.head().<Map<String, Long>>map(Manifest::offsets).orElse(Map.of()));
    }
}
