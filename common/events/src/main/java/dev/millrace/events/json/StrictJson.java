package dev.millrace.events.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.events.record.InvalidEventException;
import dev.millrace.events.record.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Bytes to a tree and back, refusing everything that two readers could understand differently. */
final class StrictJson {
    private static final int NUMBER_CHARS = 64;
    private static final long TOKENS = 1_000_000;
    private static final int NAME_CHARS = 50_000;
    private static final String TOO_MUCH = "must be JSON no deeper than " + Limits.JSON_DEPTH
            + ", with numbers of at most " + NUMBER_CHARS + " and names of at most " + NAME_CHARS + " characters";
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Limits.JSON_DEPTH)
                            .maxNumberLength(NUMBER_CHARS)
                            .maxNameLength(NAME_CHARS)
                            .maxTokenCount(TOKENS)
                            .build())
                    .build())
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();
    private static final ObjectReader TREES = MAPPER.reader();

    private StrictJson() {}

    static JsonNode parse(byte[] json, int maxBytes) {
        return read(json, maxBytes, parser -> requireEnd(parser, tree(parser)));
    }

    static List<JsonNode> parseBatch(byte[] json, int maxBytes, int maxItems) {
        return read(json, maxBytes, parser -> requireEnd(parser, items(parser, maxItems)));
    }

    static byte[] write(JsonNode tree) {
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode newObject() {
        return MAPPER.createObjectNode();
    }

    /** Jackson would guess UTF-16 and UTF-32 and let overlong forms pass, so the bytes are decoded before it sees them. */
    private static String utf8(byte[] json) {
        try {
            final int mark = Utf8Documents.byteOrderMark(json);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json, mark, json.length - mark))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidEventException("", "must be UTF-8");
        }
    }

    private static <T> T read(byte[] json, int maxBytes, Reading<T> reading) {
        if (json.length > maxBytes) {
            throw new InvalidEventException("", "must have at most " + maxBytes + " bytes");
        }
        try (JsonParser parser = MAPPER.createParser(utf8(json))) {
            parser.nextToken();
            return reading.apply(parser);
        } catch (StreamConstraintsException e) {
            throw new InvalidEventException("", TOO_MUCH);
        } catch (MismatchedInputException e) {
            throw new InvalidEventException("", "must not have a field twice");
        } catch (IOException e) {
            throw new InvalidEventException("", "must be one JSON document");
        }
    }

    /** Counts while it reads, so that a flood of items is refused before it has filled the memory. */
    private static List<JsonNode> items(JsonParser parser, int maxItems) throws IOException {
        if (!parser.hasToken(JsonToken.START_ARRAY)) {
            return List.of(tree(parser));
        }
        final List<JsonNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (items.size() == maxItems) {
                throw new InvalidEventException("", "must have at most " + maxItems + " items");
            }
            items.add(tree(parser));
        }
        return items;
    }

    private static JsonNode tree(JsonParser parser) throws IOException {
        if (!parser.hasCurrentToken()) {
            throw new InvalidEventException("", "must not be empty");
        }
        return TREES.readTree(parser);
    }

    private static <T> T requireEnd(JsonParser parser, T value) throws IOException {
        if (parser.nextToken() != null) {
            throw new InvalidEventException("", "must end after one JSON document");
        }
        return value;
    }

    private interface Reading<T> {
        T apply(JsonParser parser) throws IOException;
    }
}
