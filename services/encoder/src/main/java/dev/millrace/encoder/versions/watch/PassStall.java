package dev.millrace.encoder.versions.watch;

import dev.millrace.encoder.serving.TrackRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * How long a version has been seen in one and the same pass. Of the time between two looks a quarter of the limit counts at
 * most: a process that was stopped for an hour and goes on has no model that hangs. For one thread.
 */
final class PassStall {
    private final TrackRecord record;
    private final Duration longestStep;
    private OptionalLong pass = OptionalLong.empty();
    private Instant lookedAt = Instant.EPOCH;
    private Duration seen = Duration.ZERO;

    PassStall(TrackRecord record, Duration limit) {
        this.record = record;
        longestStep = limit.dividedBy(4);
    }

    /** Looks again. */
    Duration look(Instant now) {
        final OptionalLong underWay = record.underWay();
        final Duration step = Duration.between(lookedAt, now);
        final boolean same = underWay.isPresent() && underWay.equals(pass);
        seen = same ? seen.plus(step.compareTo(longestStep) < 0 ? step : longestStep) : Duration.ZERO;
        pass = underWay;
        lookedAt = now;
        return seen;
    }
}
