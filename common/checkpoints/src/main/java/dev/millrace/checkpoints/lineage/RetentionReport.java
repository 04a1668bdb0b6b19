package dev.millrace.checkpoints.lineage;

import java.util.List;

/**
 * What a retention did.
 *
 * @param kept versions that keep their files, oldest first
 * @param dropped versions of whose files some were removed now, all but those that a kept version refers to; their manifests are
 *     kept; oldest first
 * @param abandoned names whose files were removed because no manifest came within a day: publications broken off
 * @param objects how many objects were removed
 * @param bytes how many bytes they held
 */
public record RetentionReport(
        List<String> kept, List<String> dropped, List<String> abandoned, long objects, long bytes) {

    /** Copies the lists. */
    public RetentionReport {
        kept = List.copyOf(kept);
        dropped = List.copyOf(dropped);
        abandoned = List.copyOf(abandoned);
    }
}
