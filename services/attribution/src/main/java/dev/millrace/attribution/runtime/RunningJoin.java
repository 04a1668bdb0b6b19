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

    @Override
    void close();
}
