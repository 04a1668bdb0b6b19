package dev.millrace.checkpoints.transfer;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Digests;
import dev.millrace.checkpoints.bucket.FileEntry;
import dev.millrace.checkpoints.version.AlteredVersionException;
import dev.millrace.checkpoints.version.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Files on their way out of the bucket, several at once, believed only after their hash. */
public record Download(Bucket bucket) {

    public Manifest toFolder(
            final String version, final Path target, final Predicate<String> wanted, final EarlierDownloads earlier) {
        final Manifest manifest = new VersionFiles(bucket, version).requireManifest();
        final Path aside = asideOf(target);
        try {
            final Map<String, FileEntry> files = new TreeMap<>(manifest.files());
            files.keySet().removeIf(path -> !wanted.test(path));
            Transfers.each(files, path -> bring(manifest, path, aside.resolve(path), earlier));
            moveInto(aside, target);
        } finally {
            if (Files.exists(aside)) {
                new LocalFolder(aside).delete();
            }
        }
        return manifest;
    }

    public Manifest verify(final String version) {
        final Manifest manifest = new VersionFiles(bucket, version).requireManifest();
        Transfers.each(manifest.files(), path -> copy(manifest, path, OutputStream.nullOutputStream()));
        return manifest;
    }

    public Manifest verifyCopy(final String version, final Path folder, final Predicate<String> wanted) {
        final Manifest manifest = new VersionFiles(bucket, version).requireManifest();
        manifest.files().keySet().stream().filter(wanted).forEach(path -> {
            final Path copy = folder.resolve(path);
            if (!Files.isRegularFile(copy)) {
                throw new AlteredVersionException(version, path, "is missing");
            }
            requireSame(manifest, path, Digests.of(copy), "");
        });
        return manifest;
    }

    /** Of an object, read until more than {@code enough} bytes went by; empty when there is none. */
    Optional<FileEntry> digest(final String key, final long enough) {
        return copy(key, OutputStream.nullOutputStream(), enough);
    }

    /** Only what an ancestor has is looked for on this disk: whatever else is there of the same name is other than this. */
    private void bring(final Manifest manifest, final String path, final Path file, final EarlierDownloads earlier) {
        try {
            Files.createDirectories(Optional.ofNullable(file.getParent()).orElseThrow());
            if (manifest.homes().containsKey(path) && earlier.bring(path, entry(manifest, path), file)) {
                return;
            }
            try (OutputStream out = Files.newOutputStream(file)) {
                copy(manifest, path, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private void copy(final Manifest manifest, final String path, final OutputStream out) {
        final FileEntry found = copy(
                        manifest.key(path), out, entry(manifest, path).size())
                .orElseThrow(() ->
                        new AlteredVersionException(manifest.version(), path, VersionFiles.missing(manifest, path)));
        requireSame(manifest, path, found, manifest.place(path));
    }

    private Optional<FileEntry> copy(final String key, final OutputStream out, final long enough) {
        final Optional<InputStream> body = bucket.open(key);
        if (body.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = new InterruptibleStream(body.get())) {
            return Optional.of(Digests.copy(in, out, enough));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + key, e);
        }
    }

    private static void requireSame(
            final Manifest manifest, final String path, final FileEntry found, final String place) {
        entry(manifest, path).differenceFrom(found).ifPresent(difference -> {
            throw new AlteredVersionException(manifest.version(), path, difference + place);
        });
    }

    private static FileEntry entry(final Manifest manifest, final String path) {
        return Optional.ofNullable(manifest.files().get(path)).orElseThrow();
    }

    private static Path asideOf(final Path target) {
        try {
            final Path parent =
                    Optional.ofNullable(target.toAbsolutePath().getParent()).orElseThrow();
            Files.createDirectories(parent);
            return Files.createTempDirectory(parent, ".download-");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write beside " + target, e);
        }
    }

    private static void moveInto(final Path aside, final Path target) {
        try {
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot move the download to " + target, e);
        }
    }
}
