package dev.millrace.checkpoints.lineage;

import dev.millrace.checkpoints.bucket.Entry;
import dev.millrace.checkpoints.version.Layout;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The versions that a rule keeps whatever points to them. */
record Recent(RetentionRule rule, Instant now, Placements placements) {
    /** A server's clock is not so far from a publisher's: S3 refuses what was signed a quarter of an hour ago. */
    private static final Duration SKEW = Duration.ofHours(1);

    /** Of manifests as they are listed. */
    Set<String> of(final Stream<Entry> manifests) {
        // By when they were published: where a lineage was taken back, versions that left it have the higher numbers.
        final List<Entry> oldestFirst =
                manifests.sorted(Comparator.comparing(Entry::modifiedAt)).toList();
        final Set<String> recent = new HashSet<>();
        for (int i = 0; i < oldestFirst.size(); i++) {
            final Entry manifest = oldestFirst.get(i);
            final String version = Layout.versionOf(manifest.key());
            if (oldestFirst.size() - i <= rule.keepNewest() || isYoung(version, manifest.modifiedAt())) {
                recent.add(version);
            }
        }
        return recent;
    }

    /** Manifests are read only where the server's clock does not rule it out. */
    private boolean isYoung(final String version, final Instant writtenAt) {
        return isRecent(writtenAt.plus(SKEW))
                && placements
                        .of(version)
                        .filter(placement -> isRecent(placement.publishedAt()))
                        .isPresent();
    }

    /** Of what a pointer needed, that of which it is not long ago. */
    SortedMap<String, Instant> neededLately(final Map<String, Instant> neededAt) {
        final SortedMap<String, Instant> lately = new TreeMap<>(neededAt);
        lately.values().removeIf(at -> !isRecent(at));
        return lately;
    }

    private boolean isRecent(final Instant time) {
        return !rule.keepFor().isZero() && !time.isBefore(now.minus(rule.keepFor()));
    }
}
