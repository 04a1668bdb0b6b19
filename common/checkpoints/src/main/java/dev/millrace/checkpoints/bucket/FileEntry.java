package dev.millrace.checkpoints.bucket;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a manifest says of one file.
 *
 * @param sha256 64 lower-case hexadecimal digits
 * @param size in bytes, not negative
 */
public record FileEntry(String sha256, long size) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Refuses values out of range with an IllegalArgumentException that names the component. */
    public FileEntry {
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("sha256: not 64 hexadecimal digits");
        }
        if (size < 0) {
            throw new IllegalArgumentException("size: negative");
        }
    }

    public Optional<String> differenceFrom(final FileEntry found) {
        if (size != found.size) {
            return Optional.of(
                    "has " + (found.size > size ? "more than " + size : found.size + " of " + size) + " bytes");
        }
        return sha256.equals(found.sha256) ? Optional.empty() : Optional.of("its SHA-256 is " + found.sha256);
    }
}
