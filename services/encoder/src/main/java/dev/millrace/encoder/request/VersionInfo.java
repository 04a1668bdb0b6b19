package dev.millrace.encoder.request;

import java.time.Instant;

/**
 * What every answer says about the weights that made it.
 *
 * @param space that the vectors fit: the version's own, or that of an index they were adapted to
 */
public record VersionInfo(String version, String space, Instant createdAt) {
    /** The same version, its vectors adapted. */
    public VersionInfo adaptedTo(String other) {
        return new VersionInfo(version, other, createdAt);
    }
}
