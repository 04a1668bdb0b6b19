package dev.millrace.checkpoints.transfer;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Entry;
import dev.millrace.checkpoints.bucket.FileEntry;
import dev.millrace.checkpoints.version.AlteredVersionException;
import dev.millrace.checkpoints.version.Layout;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.ManifestJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The objects of one version in the bucket. */
public record VersionFiles(Bucket bucket, String version) {

    public Optional<Manifest> manifest() {
        return bucket.get(Layout.manifest(version)).map(stored -> ManifestJson.read(version, stored.body()));
    }

    public Manifest requireManifest() {
        return manifest().orElseThrow(() -> new UnknownVersionException(version));
    }

    /** One listing instead of reading: enough to see what is missing or short, not what is altered. */
    public void requireAllThere(final SortedMap<String, FileEntry> files) {
        final Map<String, Entry> there =
                bucket.list(Layout.folder(version)).stream().collect(Collectors.toMap(Entry::key, Function.identity()));
        files.forEach((path, entry) -> {
            final Optional<Entry> found = Optional.ofNullable(there.get(Layout.file(version, path)));
            if (found.isEmpty()) {
                throw missing(path);
            }
            if (found.get().size() != entry.size()) {
                throw new AlteredVersionException(version, path, "is not of " + entry.size() + " bytes");
            }
        });
    }

    public List<String> missing(final SortedMap<String, FileEntry> files) {
        final Set<String> there =
                bucket.list(Layout.folder(version)).stream().map(Entry::key).collect(Collectors.toSet());
        return files.keySet().stream()
                .filter(path -> !there.contains(Layout.file(version, path)))
                .toList();
    }

    public AlteredVersionException missing(final String path) {
        return new AlteredVersionException(version, path, "is missing");
    }
}
