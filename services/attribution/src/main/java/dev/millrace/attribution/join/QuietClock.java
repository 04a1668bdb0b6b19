package dev.millrace.attribution.join;

import java.time.Duration;

/**
 * Stream time that walks on at the wall clock's pace while no record comes, so that a quiet stream still closes its
 * impressions. It does not jump to the wall clock's time: after an outage the clicks of old impressions are still to be
 * read. For the same reason a step is bounded, since a process that was stopped for an hour has not waited for an hour,
 * and silence counts only after a while: right after a start there is silence too, until the first fetch comes back.
 */
final class QuietClock {
    private final long largestStep;
    private final long quietAfter;
    private long now;
    private long lastTick = Long.MAX_VALUE;
    private long silence;

    QuietClock(Duration tick, Duration quietAfter, long streamTime) {
        this.largestStep = 2 * tick.toMillis();
        this.quietAfter = quietAfter.toMillis();
        this.now = streamTime;
    }

    void sawRecordAt(long streamTime) {
        now = Math.max(now, streamTime);
        silence = 0;
        lastTick = Long.MAX_VALUE;
    }

    void tick(long wallTime) {
        final long step = Math.min(largestStep, Math.max(0, wallTime - lastTick));
        lastTick = wallTime;
        silence += step;
        if (now >= 0) {
            now += Math.max(0, Math.min(step, silence - quietAfter));
        }
    }

    /** Milliseconds since the epoch; 0 before the first record ever. */
    long now() {
        return Math.max(0, now);
    }
}
