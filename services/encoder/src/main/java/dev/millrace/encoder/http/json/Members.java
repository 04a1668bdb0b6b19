package dev.millrace.encoder.http.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.encoder.request.RequestFailedException;
import dev.millrace.events.json.Decoded;
import dev.millrace.events.json.Utf8Documents;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The members of a JSON object, read one by one as they come, so that a text or an item too many is refused before the rest is read.
 * Whoever calls them says which are known and what is done with each; others are passed over, and one that is null is as one that is
 * not there.
 */
public final class Members {
    private Members() {}

    /**
     * Of the object that a body is.
     *
     * @throws RequestFailedException naming the member at fault; none where the body as a whole is no such object
     */
    public static void read(byte[] body, Map<String, Member> known) {
        final Decoded<Set<String>> read = Utf8Documents.read(body, json -> {
            if (!json.hasToken(JsonToken.START_OBJECT)) {
                throw RequestFailedException.invalid("", "the body must be a JSON object");
            }
            return read("", json, known);
        });
        if (read instanceof Decoded.Invalid<Set<String>> invalid) {
            throw RequestFailedException.invalid("", "the body " + invalid.reason());
        }
    }

    /** Of an object that is a member itself, or stands in one; its members' names follow its own. */
    public static void readObject(String field, JsonParser json, Map<String, Member> known) throws IOException {
        if (!json.hasToken(JsonToken.START_OBJECT)) {
            throw RequestFailedException.invalid(field, "must be an object");
        }
        read(field + ".", json, known);
    }

    private static Set<String> read(String before, JsonParser json, Map<String, Member> known) throws IOException {
        final Set<String> seen = new HashSet<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            final String name = json.currentName();
            json.nextToken();
            if (!known.containsKey(name)) {
                json.skipChildren();
            } else if (json.currentToken() != JsonToken.VALUE_NULL) {
                if (!seen.add(name)) {
                    throw RequestFailedException.invalid(before + name, "must not be there twice");
                }
                known.get(name).read(before + name, json);
            }
        }
        return seen;
    }

    /** What is done with a member. */
    @FunctionalInterface
    public interface Member {
        /**
         * Reads its value.
         *
         * @param field the member's name, behind those of the objects that it is in
         * @param json finds the parser at the value's first token and leaves it at its last
         */
        void read(String field, JsonParser json) throws IOException;
    }
}
