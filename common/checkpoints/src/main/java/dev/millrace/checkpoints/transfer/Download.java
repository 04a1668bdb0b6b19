package dev.millrace.checkpoints.transfer;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Digests;
import dev.millrace.checkpoints.bucket.FileEntry;
import dev.millrace.checkpoints.version.AlteredVersionException;
import dev.millrace.checkpoints.version.Layout;
import dev.millrace.checkpoints.version.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Predicate;

/** Files on their way out of the bucket, believed only after their hash. */
public record Download(Bucket bucket) {

    public Manifest toFolder(final String version, final Path target, final Predicate<String> wanted) {
        final Manifest manifest = new VersionFiles(bucket, version).requireManifest();
        final Path aside = asideOf(target);
        try {
            manifest.files().forEach((path, entry) -> {
                if (wanted.test(path)) {
                    fetch(version, path, entry, aside.resolve(path));
                }
            });
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
        manifest.files()
                .forEach((path, entry) -> requireSame(version, path, entry, digest(version, path, entry.size())));
        return manifest;
    }

    public Manifest verifyCopy(final String version, final Path folder, final Predicate<String> wanted) {
        final VersionFiles files = new VersionFiles(bucket, version);
        final Manifest manifest = files.requireManifest();
        manifest.files().forEach((path, entry) -> {
            if (wanted.test(path)) {
                final Path copy = folder.resolve(path);
                if (!Files.isRegularFile(copy)) {
                    throw files.missing(path);
                }
                requireSame(version, path, entry, Digests.of(copy));
            }
        });
        return manifest;
    }

    FileEntry digest(final String version, final String path, final long enough) {
        return copy(version, path, OutputStream.nullOutputStream(), enough);
    }

    private void fetch(final String version, final String path, final FileEntry entry, final Path file) {
        try {
            Files.createDirectories(Optional.ofNullable(file.getParent()).orElseThrow());
            try (OutputStream out = Files.newOutputStream(file)) {
                requireSame(version, path, entry, copy(version, path, out, entry.size()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private FileEntry copy(final String version, final String path, final OutputStream out, final long enough) {
        try (InputStream in = bucket.open(Layout.file(version, path))
                .orElseThrow(() -> new VersionFiles(bucket, version).missing(path))) {
            return Digests.copy(in, out, enough);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + path + " of version " + version, e);
        }
    }

    private static void requireSame(
            final String version, final String path, final FileEntry entry, final FileEntry found) {
        entry.differenceFrom(found).ifPresent(difference -> {
            throw new AlteredVersionException(version, path, difference);
        });
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
