package dev.millrace.events.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * JSON documents read token by token: for bodies of which some fields count and any others are passed over. As strict as events
 * about the encoding (UTF-8 and nothing else, a byte order mark in front is no fault) and about what follows the document
 * (nothing); more patient about what is passed over, since whoever sends it does not know these limits.
 */
public final class Utf8Documents {
    private static final int DEPTH = 500;
    private static final int CHARS = 1_000_000;
    private static final String TOO_MUCH =
            "must be JSON no deeper than " + DEPTH + ", with numbers and names of at most " + CHARS + " characters";
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** Names are whatever a caller makes up: none is remembered. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxNumberLength(CHARS)
                    .maxNameLength(CHARS)
                    .build())
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private Utf8Documents() {}

    /**
     * Reads one document.
     *
     * @param json as it came; only bounded by who took it in
     * @param reading finds the parser at the first token and leaves it at the document's last; what it throws passes through
     * @return what was read, or why this is no document; the field at fault is always empty
     */
    public static <T> Decoded<T> read(byte[] json, Reading<T> reading) {
        try (JsonParser parser = JSON.createParser(utf8(json))) {
            if (parser.nextToken() == null) {
                return invalid("must not be empty");
            }
            final T value = reading.apply(parser);
            return parser.nextToken() == null
                    ? new Decoded.Valid<>(value)
                    : invalid("must end after one JSON document");
        } catch (StreamConstraintsException e) {
            return invalid(TOO_MUCH);
        } catch (StreamReadException e) {
            final JsonLocation place = e.getLocation();
            return invalid("must be one JSON document, which ends at line " + place.getLineNr() + ", column "
                    + place.getColumnNr());
        } catch (CharacterCodingException e) {
            return invalid("must be UTF-8");
        } catch (IOException e) {
            return invalid("must be one JSON document");
        }
    }

    /** How many bytes in front of a text are a byte order mark: 3 or 0. Some tools of Windows write one. */
    public static int byteOrderMark(byte[] text) {
        final boolean marked = text.length >= BYTE_ORDER_MARK.length
                && text[0] == BYTE_ORDER_MARK[0]
                && text[1] == BYTE_ORDER_MARK[1]
                && text[2] == BYTE_ORDER_MARK[2];
        return marked ? BYTE_ORDER_MARK.length : 0;
    }

    /** Jackson would guess UTF-16 and UTF-32 and let overlong forms pass, so it sees characters only. */
    private static Reader utf8(byte[] json) {
        final int mark = byteOrderMark(json);
        return new InputStreamReader(
                new ByteArrayInputStream(json, mark, json.length - mark), StandardCharsets.UTF_8.newDecoder());
    }

    private static <T> Decoded<T> invalid(String reason) {
        return new Decoded.Invalid<>("", reason);
    }

    /** What makes a value of tokens. */
    public interface Reading<T> {
        T apply(JsonParser parser) throws IOException;
    }
}
