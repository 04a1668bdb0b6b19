package dev.millrace.checkpoints.lineage;

import dev.millrace.checkpoints.bucket.Entry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a retention leaves.
 *
 * @param versions those that keep their files
 * @param keys of these files, in whatever folders they lie
 */
record Staying(Set<String> versions, Set<String> keys) {

    /** As pointers stand now. */
    static Staying look(final Set<String> recent, final Needed needed, final Placements placements) {
        final Set<String> versions = new HashSet<>(recent);
        versions.addAll(needed.versions());
        final Set<String> keys = versions.stream()
                .flatMap(version -> placements.of(version).stream())
                .flatMap(placement -> placement.keys().stream())
                .collect(Collectors.toSet());
        return new Staying(versions, keys);
    }

    /** Whether nothing of a folder goes: it is of a version that stays, or all its files are needed by some. */
    boolean spares(final String version, final List<Entry> files) {
        return versions.contains(version) || needless(files).isEmpty();
    }

    /** Those of these files that no version needs. */
    List<Entry> needless(final List<Entry> files) {
        return files.stream().filter(file -> !keys.contains(file.key())).toList();
    }
}
