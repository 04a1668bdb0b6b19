package dev.millrace.checkpoints.transfer;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.DecisiveWrite;
import dev.millrace.checkpoints.bucket.Digests;
import dev.millrace.checkpoints.bucket.FileEntry;
import dev.millrace.checkpoints.bucket.PreconditionFailedException;
import dev.millrace.checkpoints.version.Draft;
import dev.millrace.checkpoints.version.Layout;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.ManifestJson;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One publishing: hash, send what is not there yet, look that all is there, and the manifest last. */
public record Publication(Bucket bucket, Clock clock) {

    public Manifest publish(final Draft draft, final Path folder) {
        final SortedMap<String, Path> paths = new LocalFolder(folder).files();
        final SortedMap<String, FileEntry> files = new TreeMap<>();
        paths.forEach((path, file) -> files.put(path, Digests.of(file)));
        final Manifest manifest = Manifest.of(draft, files, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        final VersionFiles version = new VersionFiles(bucket, draft.version());
        final Optional<Manifest> published = version.manifest();
        if (published.isPresent()) {
            return requireSame(published.get(), manifest);
        }
        paths.forEach((path, file) -> send(draft.version(), path, file, files.get(path)));
        version.requireAllThere(files);
        return seal(manifest);
    }

    /** Never over another's file: a publishing that broke off is resumed only with the same bytes. */
    private void send(final String version, final String path, final Path file, final FileEntry entry) {
        final String key = Layout.file(version, path);
        try {
            bucket.put(key, file, entry, Condition.IF_ABSENT);
        } catch (PreconditionFailedException taken) {
            final FileEntry found = new Download(bucket).digest(version, path, entry.size());
            if (!found.equals(entry)) {
                throw new VersionExistsException(version, path);
            }
        }
    }

    private Manifest seal(final Manifest manifest) {
        try {
            new DecisiveWrite(bucket)
                    .put(Layout.manifest(manifest.version()), ManifestJson.write(manifest), Condition.IF_ABSENT);
            return manifest;
        } catch (PreconditionFailedException taken) {
            return requireSame(new VersionFiles(bucket, manifest.version()).requireManifest(), manifest);
        }
    }

    private static Manifest requireSame(final Manifest published, final Manifest manifest) {
        if (!published.sameButForTime(manifest)) {
            throw new VersionExistsException(manifest.version(), Layout.MANIFEST);
        }
        return published;
    }
}
