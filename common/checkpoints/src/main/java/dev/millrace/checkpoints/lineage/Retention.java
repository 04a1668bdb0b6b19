package dev.millrace.checkpoints.lineage;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.BucketAccessDeniedException;
import dev.millrace.checkpoints.bucket.Entry;
import dev.millrace.checkpoints.version.Layout;
import dev.millrace.checkpoints.version.VersionName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** One retention: what is old goes, what a version that stays refers to does not, and manifests never. */
final class Retention {
    /** No publishing takes a day: files that lie so long without a manifest will not get one. */
    private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

    private final Needed needed;
    private final Placements placements;
    private final Bucket bucket;
    private final Instant now;
    private final Set<String> remembered = new TreeSet<>();
    private final List<String> kept = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();
    private final List<String> abandoned = new ArrayList<>();
    private long objects;
    private long bytes;

    Retention(final Needed needed, final Placements placements, final Bucket bucket, final Clock clock) {
        this.needed = needed;
        this.placements = placements;
        this.bucket = bucket;
        this.now = clock.instant();
    }

    RetentionReport run(final RetentionRule rule) {
        final Optional<VersionName> head = needed.head().flatMap(VersionName::parse);
        final Optional<RetentionMemory> memory = head.flatMap(name -> RetentionMemory.read(bucket));
        final RetentionView view = memory.map(before -> RetentionView.since(before, head.orElseThrow(), bucket))
                .orElseGet(() -> RetentionView.all(bucket));
        final Recent recent = new Recent(rule, now, placements);
        final SortedMap<String, Instant> neededAt =
                recent.neededLately(memory.map(RetentionMemory::neededAt).orElse(new TreeMap<>()));
        needed.versions().forEach(version -> neededAt.put(version, now));
        final Set<String> staying =
                recent.of(view.folders().values().stream().flatMap(List::stream).filter(Retention::isManifest));
        staying.addAll(neededAt.keySet());
        settle(view, () -> Staying.look(staying, needed, placements));
        removeGuards();
        if (head.isPresent()) {
            remembered.addAll(staying);
            new RetentionMemory(remembered, neededAt, view.nextStretch(), memory.flatMap(RetentionMemory::etag))
                    .write(bucket);
        }
        return new RetentionReport(kept, dropped, abandoned, objects, bytes);
    }

    private void settle(final RetentionView view, final Supplier<Staying> look) {
        final Staying staying = look.get();
        view.folders().forEach((version, entries) -> {
            final List<Entry> files =
                    entries.stream().filter(entry -> !isManifest(entry)).toList();
            final boolean published = files.size() < entries.size();
            // Looked at anew before something goes, as a channel may move while others are being removed.
            final Staying now = staying.spares(version, files) ? staying : look.get();
            if (now.versions().contains(version)) {
                keep(version, files, view);
            } else if (published || files.stream().allMatch(this::isAbandoned)) {
                drop(version, files, now.needless(files), published ? dropped : abandoned);
            }
        });
    }

    private void keep(final String version, final List<Entry> files, final RetentionView view) {
        if (placements.of(version).filter(view::mayHoldAllOf).isPresent()) {
            kept.add(version);
        }
        if (!files.isEmpty()) {
            remembered.add(version);
        }
    }

    /** What is left lies in a folder that the next retention has to look at again, however old it is. */
    private void drop(
            final String version, final List<Entry> files, final List<Entry> needless, final List<String> into) {
        needless.forEach(this::remove);
        if (!needless.isEmpty()) {
            into.add(version);
        }
        if (needless.size() < files.size()) {
            remembered.add(version);
        }
    }

    private void remove(final Entry file) {
        delete(file.key());
        objects++;
        bytes += file.size();
    }

    private void removeGuards() {
        bucket.list(Layout.GUARDS).stream().filter(this::isAbandoned).forEach(guard -> delete(guard.key()));
    }

    private void delete(final String key) {
        try {
            bucket.delete(key);
        } catch (BucketAccessDeniedException denied) {
            throw new RetentionDeniedException(key, denied);
        }
    }

    private boolean isAbandoned(final Entry entry) {
        return entry.modifiedAt().isBefore(now.minus(ABANDONED_AFTER));
    }

    private static boolean isManifest(final Entry entry) {
        return entry.key().equals(Layout.manifest(Layout.versionOf(entry.key())));
    }
}
