package dev.millrace.encoder.http.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.encoder.request.EmbeddingsRequest;
import dev.millrace.encoder.request.RequestFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What is to be encoded: not too much of it, and texts that are texts. Immutable. */
public final class Inputs {
    private final int maxTexts;
    private final boolean emptyTaken;

    /**
     * Says what is taken.
     *
     * @param maxTexts in a request
     * @param emptyTaken whether a text may have no characters
     */
    public Inputs(int maxTexts, boolean emptyTaken) {
        this.maxTexts = maxTexts;
        this.emptyTaken = emptyTaken;
    }

    /** A text or several, a token array or several. */
    public EmbeddingsRequest.Input textsOrTokens(String field, JsonParser json) throws IOException {
        return textsOrTokens(field, json, this::text);
    }

    /** The same where a text in an array may have a form of its own. */
    public EmbeddingsRequest.Input textsOrTokens(String field, JsonParser json, Item<String> text) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            return new EmbeddingsRequest.Texts(List.of(text(field, json)));
        }
        final JsonToken first = json.nextToken();
        if (first == JsonToken.VALUE_NUMBER_INT) {
            return new EmbeddingsRequest.TokenArrays(List.of(TokenIds.read(field, json)));
        }
        return first == JsonToken.START_ARRAY
                ? new EmbeddingsRequest.TokenArrays(each(field, json, TokenIds::readArray))
                : new EmbeddingsRequest.Texts(each(field, json, text));
    }

    /** A text or several. */
    public List<String> texts(String field, JsonParser json) throws IOException {
        return json.currentToken() == JsonToken.START_ARRAY
                ? array(field, json, this::text)
                : List.of(text(field, json));
    }

    /** One item after another of an array. */
    public <T> List<T> array(String field, JsonParser json, Item<T> item) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw RequestFailedException.invalid(field, "must be an array");
        }
        json.nextToken();
        return each(field, json, item);
    }

    /** A text. */
    public String text(String field, JsonParser json) throws IOException {
        final String text = Values.string(field, json);
        if (text.isEmpty() && !emptyTaken) {
            throw RequestFailedException.empty(field, "has 0 characters, must have at least one");
        }
        if (text.codePoints().anyMatch(Inputs::isSurrogate)) {
            throw RequestFailedException.invalid(field, "holds half of a surrogate pair, which is no character");
        }
        return text;
    }

    private <T> List<T> each(String field, JsonParser json, Item<T> item) throws IOException {
        final List<T> items = new ArrayList<>();
        while (json.currentToken() != JsonToken.END_ARRAY) {
            if (items.size() == maxTexts) {
                throw RequestFailedException.invalid(
                        field, "holds more than " + maxTexts + " texts (millrace.encoder.max-batch)");
            }
            items.add(item.read(field + "[" + items.size() + "]", json));
            json.nextToken();
        }
        return items;
    }

    /** A pair arrives as one code point above this range, so whatever is inside stands alone. */
    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    /** What is made of an item of an array. */
    @FunctionalInterface
    public interface Item<T> {
        /** As {@link Members.Member#read}. */
        T read(String field, JsonParser json) throws IOException;
    }
}
