package dev.millrace.encoder.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.embedding.model.InputType;
import dev.millrace.encoder.request.EmbeddingsRequest;
import dev.millrace.encoder.request.EmbeddingsRequest.Encoding;
import dev.millrace.encoder.request.PromptChoice;
import dev.millrace.encoder.request.RequestFailedException;
import dev.millrace.events.json.Decoded;
import dev.millrace.events.json.Utf8Documents;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads OpenAI's embeddings request piece by piece, so that a text or an item too many is refused before the rest is read. */
public final class EmbeddingsRequestReader {
    private static final Set<String> MEMBERS =
            Set.of("input", "input_type", "prompt_name", "model", "space", "encoding_format", "dimensions");

    private final int maxTexts;

    public EmbeddingsRequestReader(int maxTexts) {
        this.maxTexts = maxTexts;
    }

    public EmbeddingsRequest read(byte[] body) {
        final Decoded<EmbeddingsRequest> read = Utf8Documents.read(body, this::request);
        if (read instanceof Decoded.Invalid<EmbeddingsRequest> invalid) {
            throw RequestFailedException.invalid("", "the body " + invalid.reason());
        }
        return ((Decoded.Valid<EmbeddingsRequest>) read).event();
    }

    private EmbeddingsRequest request(JsonParser json) throws IOException {
        if (!json.hasToken(JsonToken.START_OBJECT)) {
            throw RequestFailedException.invalid("", "the body must be a JSON object");
        }
        final Draft draft = new Draft();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            final String name = json.currentName();
            json.nextToken();
            member(name, json, draft);
        }
        return draft.complete();
    }

    private void member(String name, JsonParser json, Draft draft) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (MEMBERS.contains(name) && !draft.seen.add(name)) {
            throw RequestFailedException.invalid(name, "must not be there twice");
        }
        switch (name) {
            case "input" -> draft.input = input(json);
            case "input_type" -> draft.type = PromptChoice.type(string(name, json));
            case "prompt_name" -> draft.prompt = Optional.of(string(name, json));
            case "model" -> draft.model = Optional.of(string(name, json));
            case "space" -> draft.space = Optional.of(string(name, json));
            case "encoding_format" -> draft.encoding = encoding(string(name, json));
            case "dimensions" -> draft.dimensions = OptionalInt.of(integer(name, json));
            default -> json.skipChildren();
        }
    }

    /** A text or several, a token array or several. */
    private EmbeddingsRequest.Input input(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            return new EmbeddingsRequest.Texts(List.of(text("input", json)));
        }
        final JsonToken first = json.nextToken();
        if (first == JsonToken.VALUE_NUMBER_INT) {
            return new EmbeddingsRequest.TokenArrays(List.of(TokenIds.read("input", json)));
        }
        return first == JsonToken.START_ARRAY
                ? new EmbeddingsRequest.TokenArrays(each(json, TokenIds::readArray))
                : new EmbeddingsRequest.Texts(each(json, EmbeddingsRequestReader::text));
    }

    private <T> List<T> each(JsonParser json, Item<T> item) throws IOException {
        final List<T> items = new ArrayList<>();
        while (json.currentToken() != JsonToken.END_ARRAY) {
            if (items.size() == maxTexts) {
                throw RequestFailedException.invalid(
                        "input", "holds more than " + maxTexts + " texts (millrace.encoder.max-batch)");
            }
            items.add(item.read("input[" + items.size() + "]", json));
            json.nextToken();
        }
        return items;
    }

    private static String text(String field, JsonParser json) throws IOException {
        final String text = string(field, json);
        if (text.isEmpty()) {
            throw RequestFailedException.invalid(field, "has 0 characters, must have at least one");
        }
        if (text.codePoints().anyMatch(EmbeddingsRequestReader::isSurrogate)) {
            throw RequestFailedException.invalid(field, "holds half of a surrogate pair, which is no character");
        }
        return text;
    }

    /** A pair arrives as one code point above this range, so whatever is inside stands alone. */
    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static Encoding encoding(String name) {
        return switch (name) {
            case "float" -> Encoding.FLOAT;
            case "base64" -> Encoding.BASE64;
            default -> throw RequestFailedException.invalid("encoding_format", "must be float or base64");
        };
    }

    private static String string(String field, JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw RequestFailedException.invalid(field, "must be a string");
        }
        return json.getText();
    }

    private static int integer(String field, JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT || json.getNumberType() != JsonParser.NumberType.INT) {
            throw RequestFailedException.invalid(field, "must be an integer");
        }
        return json.getIntValue();
    }

    @FunctionalInterface
    private interface Item<T> {
        T read(String field, JsonParser json) throws IOException;
    }

    private static final class Draft {
        private final Set<String> seen = new HashSet<>();
        private EmbeddingsRequest.Input input = new EmbeddingsRequest.Texts(List.of());
        private InputType type = InputType.UNSAID;
        private Optional<String> prompt = Optional.empty();
        private Optional<String> model = Optional.empty();
        private Optional<String> space = Optional.empty();
        private Encoding encoding = Encoding.FLOAT;
        private OptionalInt dimensions = OptionalInt.empty();

        private EmbeddingsRequest complete() {
            if (input.isEmpty()) {
                throw RequestFailedException.invalid("input", "must be a text or an array of at least one text");
            }
            return new EmbeddingsRequest(input, new PromptChoice(type, prompt), model, space, encoding, dimensions);
        }
    }
}
