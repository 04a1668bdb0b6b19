package dev.millrace.attribution.join;

import java.time.Duration;

/**
 * How far each of a partition's two topics has been read, which is what decides: an impression's clicks are all there
 * once the clicks have been read past its deadline, however far ahead the impressions are. Kafka Streams interleaves
 * topics by time only as well as its last fetch knows, and under load one runs ahead of the other by seconds.
 *
 * <p>A topic that is silent for long has been read to its end: it is then as far as the other. When both are silent time
 * walks on at the wall clock's pace, so that a quiet stream still closes its impressions. It does not jump to the wall
 * clock's time, since after an outage the clicks of old impressions are still to be read; for the same reason a step is
 * bounded: a process that was stopped for an hour has not waited for an hour.
 */
public final class JoinClock {
    private final long largestStep;
    private final long quietAfter;
    private final Reading impressions = new Reading();
    private final Reading clicks = new Reading();
    private long now;
    private long lastTick = Long.MAX_VALUE;

    public JoinClock(Duration tick, Duration quietAfter, long streamTime) {
        this.largestStep = 2 * tick.toMillis();
        this.quietAfter = quietAfter.toMillis();
        this.now = streamTime;
    }

    public void sawImpressionAt(long at) {
        impressions.saw(at);
        now = Math.max(now, at);
    }

    public void sawClickAt(long at) {
        clicks.saw(at);
        now = Math.max(now, at);
    }

    public void tick(long wallTime) {
        final long step = Math.min(largestStep, Math.max(0, wallTime - lastTick));
        lastTick = wallTime;
        final long silence = Math.min(impressions.tick(step), clicks.tick(step));
        if (now >= 0) {
            now += Math.max(0, Math.min(step, silence - quietAfter));
        }
    }

    /** Every impression before this time has been read; milliseconds since the epoch. */
    public long impressionsRead() {
        return read(impressions);
    }

    /** Every click before this time has been read; milliseconds since the epoch. */
    public long clicksRead() {
        return read(clicks);
    }

    /** The later of both; 0 before the first record ever. */
    public long now() {
        return Math.max(0, now);
    }

    private long read(Reading topic) {
        return topic.silence > quietAfter ? now() : topic.latest;
    }

    /** One topic; 0 is before the first record since the start. */
    private static final class Reading {
        private long latest;
        private long silence;
        private boolean sawSinceTick;

        void saw(long at) {
            latest = Math.max(latest, at);
            silence = 0;
            sawSinceTick = true;
        }

        long tick(long step) {
            silence = sawSinceTick ? 0 : silence + step;
            sawSinceTick = false;
            return silence;
        }
    }
}
