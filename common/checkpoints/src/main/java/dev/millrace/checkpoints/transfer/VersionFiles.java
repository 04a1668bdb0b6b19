package dev.millrace.checkpoints.transfer;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Entry;
import dev.millrace.checkpoints.version.AlteredVersionException;
import dev.millrace.checkpoints.version.Layout;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.ManifestJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The objects of one version in the bucket, in whatever folders they lie. */
public record VersionFiles(Bucket bucket, String version) {

    public Optional<Manifest> manifest() {
        return bucket.get(Layout.manifest(version)).map(stored -> ManifestJson.read(version, stored.body()));
    }

    public Manifest requireManifest() {
        return manifest().orElseThrow(() -> new UnknownVersionException(version));
    }

    /** A listing for each folder instead of reading: enough to see what is missing or short, not what is altered. */
    public void requireAllThere(final Manifest manifest) {
        requireNone(faults(manifest));
    }

    /** As {@link #requireAllThere}, of what was looked at before. */
    void requireNone(final SortedMap<String, String> faults) {
        faults.forEach((path, fault) -> {
            throw new AlteredVersionException(version, path, fault);
        });
    }

    /** By path, what is wrong with a file that is missing or of another size. */
    SortedMap<String, String> faults(final Manifest manifest) {
        final Map<String, Long> sizes = sizes(manifest);
        final SortedMap<String, String> faults = new TreeMap<>();
        manifest.files().forEach((path, entry) -> {
            final Optional<Long> size = Optional.ofNullable(sizes.get(manifest.key(path)));
            if (size.isEmpty()) {
                faults.put(path, missing(manifest, path));
            } else if (size.get() != entry.size()) {
                faults.put(path, "is not of " + entry.size() + " bytes" + manifest.place(path));
            }
        });
        return faults;
    }

    /** The paths of files that are nowhere, in alphabetical order. */
    public List<String> missing(final Manifest manifest) {
        final Map<String, Long> there = sizes(manifest);
        return manifest.files().keySet().stream()
                .filter(path -> !there.containsKey(manifest.key(path)))
                .toList();
    }

    /** What is wrong with a file that is not there. */
    static String missing(final Manifest manifest, final String path) {
        return "is missing" + manifest.place(path);
    }

    private Map<String, Long> sizes(final Manifest manifest) {
        return Stream.concat(Stream.of(version), manifest.homes().values().stream())
                .distinct()
                .flatMap(folder -> bucket.list(Layout.folder(folder)).stream())
                .collect(Collectors.toMap(Entry::key, Entry::size));
    }
}
