package dev.millrace.encoder.http.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.encoder.request.RequestFailedException;
import java.io.IOException;
import java.util.Map;
import java.util.TreeSet;

/** Single values, refused by the name of their field where they are of another kind. */
public final class Values {
    private Values() {}

    public static String string(String field, JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw RequestFailedException.invalid(field, "must be a string");
        }
        return json.getText();
    }

    public static int integer(String field, JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT || json.getNumberType() != JsonParser.NumberType.INT) {
            throw RequestFailedException.invalid(field, "must be an integer");
        }
        return json.getIntValue();
    }

    /** An integer of at least 1. */
    public static int positive(String field, JsonParser json) throws IOException {
        final int value = integer(field, json);
        if (value < 1) {
            throw RequestFailedException.invalid(field, "must be at least 1");
        }
        return value;
    }

    public static boolean flag(String field, JsonParser json) throws IOException {
        if (!json.currentToken().isBoolean()) {
            throw RequestFailedException.invalid(field, "must be true or false");
        }
        return json.getBooleanValue();
    }

    /** What one of a few words means. */
    public static <T> T word(String field, JsonParser json, Map<String, T> words) throws IOException {
        final String word = string(field, json);
        if (!words.containsKey(word)) {
            throw RequestFailedException.invalid(field, "must be one of " + new TreeSet<>(words.keySet()));
        }
        return words.get(word);
    }

    /** A switch that would change the vectors, and can only stand where it stands. */
    public static Members.Member only(boolean fixed, String reason) {
        return (field, json) -> {
            if (flag(field, json) != fixed) {
                throw RequestFailedException.invalid(field, "must be " + fixed + ": " + reason);
            }
        };
    }

    /** What is refused whatever its value, as it would change the vectors. */
    public static Members.Member refused(String reason) {
        return (field, json) -> {
            throw RequestFailedException.invalid(field, reason);
        };
    }
}
