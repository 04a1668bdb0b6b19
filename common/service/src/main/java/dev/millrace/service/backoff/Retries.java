package dev.millrace.service.backoff;

import java.time.Duration;

/** The pauses of something that is tried again and again. For one thread. */
public final class Retries {
    private final BackOff backOff;
    private int failuresInARow;

    public Retries(BackOff backOff) {
        this.backOff = backOff;
    }

    /** After a failure: how long to wait now; twice as long the next time. */
    public Duration next() {
        failuresInARow++;
        return backOff.pause(failuresInARow);
    }

    /** After a success. */
    public void reset() {
        failuresInARow = 0;
    }
}
