package dev.millrace.encoder.http.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.encoder.request.RequestFailedException;
import java.io.IOException;
import java.util.stream.IntStream;

/** One text as the ids of its tokens. */
public final class TokenIds {
    private TokenIds() {}

    /** For an array that has just begun. */
    public static int[] readArray(String field, JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw RequestFailedException.invalid(field, "must be a token array, as the ones before it");
        }
        json.nextToken();
        return read(field, json);
    }

    /** From the first id, which is the parser's, to the array's end. */
    public static int[] read(String field, JsonParser json) throws IOException {
        final IntStream.Builder ids = IntStream.builder();
        int count = 0;
        while (json.currentToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
                    || json.getNumberType() != JsonParser.NumberType.INT
                    || json.getIntValue() < 0) {
                throw RequestFailedException.invalid(field, "must hold nothing but ids of tokens");
            }
            ids.add(json.getIntValue());
            count++;
            json.nextToken();
        }
        if (count == 0) {
            throw RequestFailedException.invalid(field, "has 0 tokens, must have at least one");
        }
        return ids.build().toArray();
    }
}
