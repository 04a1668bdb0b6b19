package dev.millrace.attribution.runtime;

/** A join that was started. It does not come back by itself once it has failed. */
public interface RunningJoin extends AutoCloseable {
    /** How far it is. */
    enum Phase {
        STARTING,
        RUNNING,
        FAILED
    }

    Phase phase();

    /** Gives the partitions away at once: this member does not come back as it is. */
    @Override
    void close();

    /** Ends with the process. A static member keeps its partitions for its session's time, in which it may be back. */
    void stop();
}
