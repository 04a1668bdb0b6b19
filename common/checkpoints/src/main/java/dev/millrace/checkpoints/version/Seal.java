package dev.millrace.checkpoints.version;

import dev.millrace.checkpoints.bucket.Digests;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A JSON object whose last field is the SHA-256 of its own bytes without that field. It is compared as bytes and not as
 * values, since numbers print differently from one Java to the next.
 */
public final class Seal {
    private static final String FIELD = ",\n  \"ownSha256\" : \"";
    private static final String END = "\n}";

    private Seal() {}

    /** Adds the field to an object as {@link JsonFields#write} prints it. */
    public static byte[] close(final byte[] json) {
        final String text = text(json);
        return bytes(text.substring(0, text.length() - END.length()) + FIELD + Digests.hex(json) + '"' + END);
    }

    /** The object without the field; an IllegalArgumentException when it is not there, or not the hash of the rest. */
    public static byte[] open(final byte[] sealed) {
        final String text = text(sealed);
        final int field = text.lastIndexOf(FIELD);
        if (field < 0) {
            throw new IllegalArgumentException("the whole: does not end with its own hash");
        }
        final byte[] json = bytes(text.substring(0, field) + END);
        if (!Arrays.equals(close(json), sealed)) {
            throw new IllegalArgumentException("the whole: has another hash than it says");
        }
        return json;
    }

    /** A character a byte, so that bytes that are no UTF-8 stay what they are. */
    private static String text(final byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
