package dev.millrace.checkpoints.ancestry;

import dev.millrace.checkpoints.bucket.Digests;
import dev.millrace.checkpoints.version.VersionName;

/**
 * By what one summary names another.
 *
 * @param version the last version that the other covers
 * @param number the other's number
 * @param sha256 of the other's bytes
 */
public record SummaryLink(String version, int number, String sha256) {

    /** Refuses a version at which no summary is due with an IllegalArgumentException. */
    public SummaryLink {
        if (!Summary.isDue(version)) {
            throw new IllegalArgumentException("version: no summary is due there");
        }
    }

    static SummaryLink to(final Summary summary) {
        return new SummaryLink(summary.version(), summary.number(), Digests.hex(SummaryJson.write(summary)));
    }

    /** Whether it covers the versions of this sequence number. */
    boolean reaches(final long sequence) {
        return VersionName.parse(version).orElseThrow().sequence() >= sequence;
    }
}
