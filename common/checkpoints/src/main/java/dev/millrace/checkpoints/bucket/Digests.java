package dev.millrace.checkpoints.bucket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 and size of bytes as they stream by. */
public final class Digests {
    private static final int BUFFER = 1 << 16;

    private Digests() {}

    /** Of a file; UncheckedIOException when it cannot be read. */
    public static FileEntry of(final Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return copy(in, OutputStream.nullOutputStream(), Long.MAX_VALUE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Copies and hashes until the end, or until more than `enough` bytes went by: a longer file need not fill the disk. */
    public static FileEntry copy(final InputStream in, final OutputStream out, final long enough) throws IOException {
        final MessageDigest sha256 = sha256();
        final byte[] buffer = new byte[BUFFER];
        long size = 0;
        for (int read = in.read(buffer); read >= 0 && size <= enough; read = in.read(buffer)) {
            sha256.update(buffer, 0, read);
            out.write(buffer, 0, read);
            size += read;
        }
        return new FileEntry(HexFormat.of().formatHex(sha256.digest()), size);
    }

    /** SHA-256 as 64 lower-case hexadecimal digits. */
    public static String hex(final byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
