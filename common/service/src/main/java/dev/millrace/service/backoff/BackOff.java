package dev.millrace.service.backoff;

import java.time.Duration;

/**
 * Pauses that double.
 *
 * @param first the pause after one failure, above zero
 * @param longest no pause is longer
 */
public record BackOff(Duration first, Duration longest) {
    private static final int MOST_DOUBLINGS = 30;

    /** The pause after the given number of failures in a row, 1 or more. */
    public Duration pause(int failuresInARow) {
        final Duration grown = first.multipliedBy(1L << Math.min(failuresInARow - 1, MOST_DOUBLINGS));
        return grown.compareTo(longest) < 0 ? grown : longest;
    }
}
