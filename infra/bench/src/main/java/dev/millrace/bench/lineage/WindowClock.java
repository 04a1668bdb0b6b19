package dev.millrace.bench.lineage;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that a version moves on by a window's time, so that a year of versions ages in a minute. */
final class WindowClock extends Clock {
    private static final Duration WINDOW = Duration.ofSeconds(30);

    private volatile Instant now;

    WindowClock(Instant begin) {
        now = begin;
    }

    void windowPassed() {
        now = now.plus(WINDOW);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("instants only");
    }
}
