package dev.millrace.attribution.join;

import java.time.Duration;

/**
 * Stream time that walks on at the wall clock's pace while no record comes, so that a quiet stream still closes its
 * impressions. It does not jump to the wall clock's time: after an outage the clicks of old impressions are still to be
 * read. For the same reason a step is bounded: a process that was stopped for an hour has not waited for an hour.
 */
final class QuietClock {
    private final long largestStep;
    private long now;
    private long lastTick;
    private boolean quiet = true;

    QuietClock(Duration tick, long streamTime, long wallTime) {
        this.largestStep = 2 * tick.toMillis();
        this.now = streamTime;
        this.lastTick = wallTime;
    }

    void sawRecordAt(long streamTime) {
        now = Math.max(now, streamTime);
        quiet = false;
    }

    void tick(long wallTime) {
        if (quiet && now >= 0) {
            now += Math.min(largestStep, Math.max(0, wallTime - lastTick));
        }
        lastTick = wallTime;
        quiet = true;
    }

    /** Milliseconds since the epoch; 0 before the first record ever. */
    long now() {
        return Math.max(0, now);
    }
}
