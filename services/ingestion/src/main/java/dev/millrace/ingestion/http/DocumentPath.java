package dev.millrace.ingestion.http;

import dev.millrace.events.json.Decoded;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A document's id out of the path as the caller wrote it. What the framework makes of a path (without matrix
 * parameters, double slashes and dots, with a replacement character for bad bytes) may be another document's id, so a
 * deletion goes by nothing of that; where the two could be understood differently, it is refused.
 */
final class DocumentPath {
    private static final String DOCUMENTS = "/v1/documents/";
    private static final Set<String> DOTS = Set.of(".", "..");

    /** What a path cannot have: a percent sign that escapes nothing, white space, a fragment, what is not ASCII. */
    private static final Pattern STRAY = Pattern.compile("%(?![0-9A-Fa-f]{2})|[^!-~]|#");

    private DocumentPath() {}

    /** The id, percent-decoded once as UTF-8; a query would be what follows a question mark that was not escaped. */
    static Decoded<String> id(String path, Optional<String> query) {
        if (!path.startsWith(DOCUMENTS)) {
            return invalid("must stand in the path right behind " + DOCUMENTS);
        }
        String written = path.substring(DOCUMENTS.length());
        if (query.isPresent() || STRAY.matcher(written).find()) {
            return invalid("must be percent-encoded in the path");
        }
        if (Arrays.stream(written.toUpperCase(Locale.ROOT).replace("%2E", ".").split("/"))
                .anyMatch(DOTS::contains)) {
            return invalid("must have no path segment . or .. unless its slashes are percent-encoded");
        }
        return decoded(written);
    }

    private static Decoded<String> decoded(String written) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < written.length(); i++) {
            if (written.charAt(i) == '%') {
                bytes.write(HexFormat.fromHexDigits(written, i + 1, i + 3));
                i += 2;
            } else {
                bytes.write(written.charAt(i));
            }
        }
        try {
            return new Decoded.Valid<>(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            return invalid("must be percent-encoded UTF-8");
        }
    }

    private static Decoded<String> invalid(String reason) {
        return new Decoded.Invalid<>("id", reason);
    }
}
