package dev.millrace.checkpoints.lineage;

import java.time.Duration;

/**
 * Which versions keep their files whatever points to them: the newest, and those that an encoder on a slow link may still be
 * fetching.
 *
 * @param keepNewest how many of the newest versions, at least 1
 * @param keepFor for how long a version is kept after it was published, by its manifest, and after the last retention that saw a
 *     pointer need it; 0 (not at all) to 30 days
 */
public record RetentionRule(int keepNewest, Duration keepFor) {
    private static final Duration LONGEST = Duration.ofDays(30);

    /** Refuses values out of range with an IllegalArgumentException that names the component. */
    public RetentionRule {
        if (keepNewest < 1) {
            throw new IllegalArgumentException("keepNewest: less than 1");
        }
        if (keepFor.isNegative() || keepFor.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("keepFor: not 0 to " + LONGEST.toDays() + " days");
        }
    }

    /** By number only. */
    public static RetentionRule newest(final int count) {
        return new RetentionRule(count, Duration.ZERO);
    }
}
