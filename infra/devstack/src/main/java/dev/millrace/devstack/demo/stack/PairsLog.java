package dev.millrace.devstack.demo.stack;

import java.util.Map;
import java.util.Optional;

/** What the demo sees of the {@code pairs} topic. */
public interface PairsLog extends AutoCloseable {
    /** How many records lie beyond what was learned: next offsets by partition name such as {@code pairs-0}. */
    long beyond(Map<String, Long> learned);

    /** Where the pair with this id lies; empty until it has been seen. */
    Optional<Place> place(String id);

    @Override
    void close();

    /** One record's place. */
    record Place(String partition, long offset) {}
}
