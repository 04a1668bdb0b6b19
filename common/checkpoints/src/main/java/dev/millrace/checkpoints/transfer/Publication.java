package dev.millrace.checkpoints.transfer;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.DecisiveWrite;
import dev.millrace.checkpoints.bucket.Digests;
import dev.millrace.checkpoints.bucket.FileEntry;
import dev.millrace.checkpoints.bucket.PreconditionFailedException;
import dev.millrace.checkpoints.version.AlteredVersionException;
import dev.millrace.checkpoints.version.Draft;
import dev.millrace.checkpoints.version.Layout;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.ManifestJson;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** One publishing: hash, send what is neither there nor with the parent, look that all is there, and the manifest last. */
public record Publication(Bucket bucket, Clock clock) {

    public Manifest publish(final Draft draft, final Path folder) {
        final Content content = Content.of(draft, new LocalFolder(folder));
        final Optional<Manifest> published = new VersionFiles(bucket, draft.version()).manifest();
        if (published.isPresent()) {
            return requireSame(published.get(), content);
        }
        final SortedMap<String, String> homes = homes(content);
        final Set<String> changed = new TreeMap<>(content.files()).keySet();
        changed.removeAll(homes.keySet());
        return seal(whole(content, homes, changed), content);
    }

    /** Of the files that are the parent's, where these lie; of none where the parent is not known. */
    private SortedMap<String, String> homes(final Content content) {
        final SortedMap<String, String> homes = new TreeMap<>();
        content.draft().parent().flatMap(this::readable).ifPresent(parent -> parent.files()
                .forEach((path, entry) -> {
                    if (entry.equals(content.files().get(path))) {
                        homes.put(path, parent.home(path));
                    }
                }));
        return homes;
    }

    private Optional<Manifest> readable(final String parent) {
        try {
            return new VersionFiles(bucket, parent).manifest();
        } catch (AlteredVersionException e) {
            return Optional.empty();
        }
    }

    /** The manifest of what is all there; files whose homes lost them, to retention or whatever, are sent after all. */
    private Manifest whole(final Content content, final SortedMap<String, String> homes, final Set<String> toSend) {
        final String version = content.draft().version();
        final Map<String, FileEntry> sent = new TreeMap<>(content.files());
        sent.keySet().retainAll(toSend);
        Transfers.each(sent, path -> send(content, path));
        final Manifest manifest = Manifest.of(
                content.draft(), content.files(), homes, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        final VersionFiles files = new VersionFiles(bucket, version);
        final SortedMap<String, String> faults = files.faults(manifest);
        final SortedMap<String, String> left = new TreeMap<>(homes);
        if (left.keySet().removeAll(faults.keySet())) {
            final Set<String> gone = new TreeMap<>(homes).keySet();
            gone.removeAll(left.keySet());
            return whole(content, left, gone);
        }
        files.requireNone(faults);
        return manifest;
    }

    /** Never over another's file: a publishing that broke off is resumed only with the same bytes. */
    private void send(final Content content, final String path) {
        final String version = content.draft().version();
        final String key = Layout.file(version, path);
        final FileEntry entry = content.entry(path);
        try {
            bucket.put(key, content.paths().get(path), entry, Condition.IF_ABSENT);
        } catch (PreconditionFailedException taken) {
            if (new Download(bucket)
                    .digest(key, entry.size())
                    .filter(entry::equals)
                    .isEmpty()) {
                throw new VersionExistsException(version, path);
            }
        }
    }

    private Manifest seal(final Manifest manifest, final Content content) {
        try {
            new DecisiveWrite(bucket)
                    .put(Layout.manifest(manifest.version()), ManifestJson.write(manifest), Condition.IF_ABSENT);
            return manifest;
        } catch (PreconditionFailedException taken) {
            return requireSame(new VersionFiles(bucket, manifest.version()).requireManifest(), content);
        }
    }

    private static Manifest requireSame(final Manifest published, final Content content) {
        if (!published.publishes(content.draft(), content.files())) {
            throw new VersionExistsException(published.version(), Layout.MANIFEST);
        }
        return published;
    }

    /** What is to be published: each file's place on this disk, and what it is. */
    private record Content(Draft draft, SortedMap<String, Path> paths, SortedMap<String, FileEntry> files) {

        static Content of(final Draft draft, final LocalFolder folder) {
            final SortedMap<String, Path> paths = folder.files();
            final SortedMap<String, FileEntry> files = new TreeMap<>();
            paths.forEach((path, file) -> files.put(path, Digests.of(file)));
            return new Content(draft, paths, files);
        }

        FileEntry entry(final String path) {
            return Optional.ofNullable(files.get(path)).orElseThrow();
        }
    }
}
