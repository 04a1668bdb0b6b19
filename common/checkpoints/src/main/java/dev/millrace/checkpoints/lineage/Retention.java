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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One retention: what is old goes, what something points to stays, manifests always stay. */
final class Retention {
    /** No publishing takes a day: files that lie so long without a manifest will not get one. */
    private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

    private final CheckpointStore store;
    private final Bucket bucket;
    private final Instant abandonedBefore;
    private final List<String> kept = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();
    private final List<String> abandoned = new ArrayList<>();
    private long objects;
    private long bytes;

    Retention(final CheckpointStore store, final Bucket bucket, final Clock clock) {
        this.store = store;
        this.bucket = bucket;
        this.abandonedBefore = clock.instant().minus(ABANDONED_AFTER);
    }

    RetentionReport run(final int keepNewest) {
        final Optional<VersionName> head = store.head().flatMap(tip -> VersionName.parse(tip.version()));
        final Optional<RetentionMemory> memory = head.flatMap(name -> RetentionMemory.read(bucket));
        final RetentionView view = memory.map(before -> RetentionView.since(before, head.orElseThrow(), bucket))
                .orElseGet(() -> RetentionView.all(bucket));
        final Map<String, List<Entry>> folders = view.folders();
        final Set<String> newest = newest(folders, keepNewest);
        folders.forEach((version, entries) -> {
            if (hasManifest(version, entries)) {
                settle(version, entries, newest);
            } else if (entries.stream().allMatch(entry -> entry.modifiedAt().isBefore(abandonedBefore))) {
                remove(version, entries);
                abandoned.add(version);
            }
        });
        removeGuards();
        if (head.isPresent()) {
            new RetentionMemory(new TreeSet<>(kept), view.nextStretch(), memory.flatMap(RetentionMemory::etag))
                    .write(bucket);
        }
        return new RetentionReport(kept, dropped, abandoned, objects, bytes);
    }

    /** By when they were published: where a lineage was taken back, versions that left it have the higher numbers. */
    private static Set<String> newest(final Map<String, List<Entry>> folders, final int count) {
        final List<Entry> oldestFirst = folders.entrySet().stream()
                .flatMap(folder -> manifest(folder.getKey(), folder.getValue()).stream())
                .sorted(Comparator.comparing(Entry::modifiedAt))
                .toList();
        return oldestFirst.stream()
                .skip(Math.max(0, oldestFirst.size() - count))
                .map(entry -> Layout.versionOf(entry.key()))
                .collect(Collectors.toSet());
    }

    private void settle(final String version, final List<Entry> entries, final Set<String> newest) {
        if (entries.size() == 1) {
            return;
        }
        // Asked anew for each version, as a channel may move while others are being removed.
        if (newest.contains(version) || new Needed(store).versions().contains(version)) {
            kept.add(version);
        } else {
            remove(version, entries);
            dropped.add(version);
        }
    }

    private void remove(final String version, final List<Entry> entries) {
        for (final Entry entry : entries) {
            if (!entry.key().equals(Layout.manifest(version))) {
                delete(entry.key());
                objects++;
                bytes += entry.size();
            }
        }
    }

    private void removeGuards() {
        bucket.list(Layout.GUARDS).stream()
                .filter(guard -> guard.modifiedAt().isBefore(abandonedBefore))
                .forEach(guard -> delete(guard.key()));
    }

    private void delete(final String key) {
        try {
            bucket.delete(key);
        } catch (BucketAccessDeniedException denied) {
            throw new RetentionDeniedException(key, denied);
        }
    }

    private static boolean hasManifest(final String version, final List<Entry> entries) {
        return manifest(version, entries).isPresent();
    }

    private static Optional<Entry> manifest(final String version, final List<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.key().equals(Layout.manifest(version)))
                .findFirst();
    }
}
