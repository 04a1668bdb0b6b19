package dev.millrace.checkpoints.lineage;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Entry;
import dev.millrace.checkpoints.lineage.Placements.Placement;
import dev.millrace.checkpoints.version.Layout;
import dev.millrace.checkpoints.version.VersionName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The versions that a retention looks at, with what lies in their folders: all of them the first time; afterwards those that
 * kept files, those numbered about as the head, and one stretch of the others, so that each is seen again some time. That is a
 * few listings, however long the lineage.
 *
 * @param folders objects by version, oldest version first
 * @param nextStretch which stretch is due after this
 */
record RetentionView(Map<String, List<Entry>> folders, int nextStretch) {
    /** A stretch is all names with the same first four digits: a hundred versions, while there are less than a million. */
    private static final int STRETCH_DIGITS = 4;

    private static final int MOST_STRETCHES = 10_000;
    private static final int VERSIONS_A_STRETCH = 100;
    private static final long SHORT_NAMES = 1_000_000;

    /** How far behind the head versions may have come since the last retention. */
    private static final int RECENT = 10;

    static RetentionView all(final Bucket bucket) {
        return new RetentionView(grouped(bucket.list(Layout.VERSIONS).stream()), 0);
    }

    static RetentionView since(final RetentionMemory memory, final VersionName head, final Bucket bucket) {
        final int stretch = memory.nextStretch() % stretches(head.sequence());
        final Set<String> prefixes = new LinkedHashSet<>();
        prefixes.add(numbered(Math.max(0, head.sequence() - RECENT)));
        prefixes.add(numbered(head.sequence()));
        prefixes.add(numbered(head.sequence() + 1));
        prefixes.add(Layout.VERSIONS + "v" + padded(stretch, STRETCH_DIGITS));
        memory.withFiles()
                .forEach(version -> prefixes.add(VersionName.parse(version)
                        .map(name -> numbered(name.sequence()))
                        .orElseGet(() -> Layout.folder(version))));
        final Map<String, List<Entry>> seen = grouped(prefixes.stream()
                .flatMap(prefix -> bucket.list(prefix).stream())
                .distinct());
        return new RetentionView(seen, stretch + 1);
    }

    /** Whether none of a version's files is missing in a folder that was looked at. */
    boolean mayHoldAllOf(final Placement placement) {
        return placement.keys().stream().allMatch(key -> Optional.ofNullable(folders.get(Layout.versionOf(key)))
                .map(entries -> entries.stream().anyMatch(entry -> entry.key().equals(key)))
                .orElse(true));
    }

    private static int stretches(final long sequence) {
        return sequence < SHORT_NAMES ? (int) (sequence / VERSIONS_A_STRETCH) + 1 : MOST_STRETCHES;
    }

    /** Of the ten versions whose numbers begin like this one. */
    private static String numbered(final long sequence) {
        final String digits = padded(sequence, 6);
        return Layout.VERSIONS + "v" + digits.substring(0, digits.length() - 1);
    }

    private static String padded(final long number, final int digits) {
        return ("%0" + digits + "d").formatted(number);
    }

    private static Map<String, List<Entry>> grouped(final Stream<Entry> entries) {
        return entries.filter(entry -> Layout.isInVersion(entry.key()))
                .collect(Collectors.groupingBy(
                        entry -> Layout.versionOf(entry.key()),
                        () -> new TreeMap<>(VersionName.OLDEST_FIRST),
                        Collectors.toList()));
    }
}
