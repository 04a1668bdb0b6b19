package dev.millrace.trainer.learning.round;

import dev.millrace.checkpoints.version.Records;

/**
 * What a trainer did in a round.
 *
 * @param samples pairs learned, by which its delta counts among others; 0 and above
 * @param steps optimizer steps, 0 and above
 * @param records what became of the records that it read
 */
public record Work(long samples, long steps, Records records) {
    /** Checks the ranges. */
    public Work {
        if (samples < 0 || steps < 0) {
            throw new IllegalArgumentException(
                    "samples and steps must not be negative, but are " + samples + ", " + steps);
        }
    }
}
