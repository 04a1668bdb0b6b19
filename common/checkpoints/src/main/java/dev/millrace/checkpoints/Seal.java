package dev.millrace.checkpoints;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JSON object whose last field is the SHA-256 of its own bytes without that field. It is compared as bytes and not as
 * values, since numbers print differently from one Java to the next.
 */
final class Seal {
    private static final String END = "\n}";
    private static final Pattern SEALED =
            Pattern.compile("(.*),\\n  \"ownSha256\" : \"([0-9a-f]{64})\"\\n}", Pattern.DOTALL);

    private Seal() {}

    /** Adds the field to an object as {@link JsonFields#write} prints it. */
    static byte[] close(final byte[] json) {
        final String text = new String(json, StandardCharsets.UTF_8);
        final String begin = text.substring(0, text.length() - END.length());
        return (begin + ",\n  \"ownSha256\" : \"" + Digests.hex(json) + '"' + END).getBytes(StandardCharsets.UTF_8);
    }

    /** The object without the field; an IllegalArgumentException when it is not there, or not the hash of the rest. */
    static byte[] open(final byte[] sealed) {
        final Matcher matcher = SEALED.matcher(new String(sealed, StandardCharsets.UTF_8));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("the whole: does not end with its own hash");
        }
        final byte[] json = (matcher.group(1) + END).getBytes(StandardCharsets.UTF_8);
        if (!Digests.hex(json).equals(matcher.group(2))) {
            throw new IllegalArgumentException("the whole: has another hash than it says");
        }
        return json;
    }
}
