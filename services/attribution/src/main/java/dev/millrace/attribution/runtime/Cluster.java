package dev.millrace.attribution.runtime;

import java.util.Optional;

/** What the join needs of Kafka. */
public interface Cluster extends AutoCloseable {
    /** Why the join cannot start now, or gets nothing done, if anything stands in its way. */
    Optional<String> obstacle();

    /** Whether the topics, as {@link #obstacle} last saw them, have other partitions than those that the join was started with. */
    boolean isOutgrown();

    RunningJoin start();

    /** After the join has been stopped. */
    @Override
    void close();
}
