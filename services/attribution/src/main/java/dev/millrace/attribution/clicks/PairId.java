package dev.millrace.attribution.clicks;

import dev.millrace.events.record.Limits;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The same click on the same impression always has the same pair id, so that a replay is found as a duplicate.
 * Different ones never share an id: where the readable form would be ambiguous or too long, a hash takes its place,
 * which cannot be mistaken for the readable form as it has no second colon.
 */
final class PairId {
    private static final String PREFIX = "click:";

    private PairId() {}

    static String of(String impressionId, String docId) {
        final String readable = PREFIX + impressionId + ":" + docId;
        return readable.length() <= Limits.ID_CHARS && impressionId.indexOf(':') < 0
                ? readable
                : PREFIX + hash(impressionId.length() + ":" + impressionId + docId);
    }

    private static String hash(String text) {
        try {
            final byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
