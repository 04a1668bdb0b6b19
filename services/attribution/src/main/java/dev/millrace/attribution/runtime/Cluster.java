package dev.millrace.attribution.runtime;

import java.util.Optional;

/** What the join needs of Kafka. */
public interface Cluster {
    /** Why the join cannot start now, if anything stands in its way. */
    Optional<String> obstacle();

    RunningJoin start();
}
