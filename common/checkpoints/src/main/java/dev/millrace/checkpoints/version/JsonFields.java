package dev.millrace.checkpoints.version;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** A JSON object read field by field; whatever is missing or ill-typed is an IllegalArgumentException that names the field. */
public record JsonFields(String path, JsonNode node) {
    public static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(16).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    public JsonFields {
        if (!node.isObject()) {
            throw new IllegalArgumentException((path.isEmpty() ? "the whole" : path) + ": not a JSON object");
        }
    }

    public static JsonFields parse(final byte[] json) {
        try {
            return new JsonFields("", JSON.readTree(json));
        } catch (IOException e) {
            throw new IllegalArgumentException("the whole: not JSON", e);
        }
    }

    public static byte[] write(final ObjectNode node) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(node);
        } catch (IOException e) {
            throw new IllegalStateException("a JSON tree in memory did not print", e);
        }
    }

    public JsonFields object(final String field) {
        return new JsonFields(qualified(field), node.path(field));
    }

    public Optional<JsonFields> optionalObject(final String field) {
        return node.path(field).isMissingNode() ? Optional.empty() : Optional.of(object(field));
    }

    public List<String> texts(final String field) {
        final JsonNode array = node.path(field);
        require(array.isMissingNode() || array.isArray(), field, "not an array");
        final List<String> texts = new ArrayList<>();
        array.forEach(element -> {
            require(element.isTextual(), field, "not an array of strings");
            texts.add(element.textValue());
        });
        return texts;
    }

    public List<JsonFields> objects(final String field) {
        final JsonNode array = node.path(field);
        require(array.isArray(), field, "not an array");
        final List<JsonFields> objects = new ArrayList<>();
        array.forEach(element -> objects.add(new JsonFields(qualified(field), element)));
        return objects;
    }

    public String text(final String field) {
        require(node.path(field).isTextual(), field, "not a string");
        return node.path(field).textValue();
    }

    public Optional<String> optionalText(final String field) {
        return node.path(field).isMissingNode() ? Optional.empty() : Optional.of(text(field));
    }

    public long whole(final String field) {
        final JsonNode value = node.path(field);
        require(value.isIntegralNumber() && value.canConvertToLong(), field, "not a whole number");
        return value.longValue();
    }

    public int small(final String field) {
        require(node.path(field).canConvertToInt() && node.path(field).isIntegralNumber(), field, "not a small number");
        return node.path(field).intValue();
    }

    double number(final String field) {
        require(node.path(field).isNumber(), field, "not a number");
        return node.path(field).doubleValue();
    }

    public Instant instant(final String field) {
        try {
            return Instant.parse(text(field));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(qualified(field) + ": not an ISO-8601 time", e);
        }
    }

    public <V> SortedMap<String, V> map(final String field, final BiFunction<JsonFields, String, V> read) {
        final JsonFields inner = object(field);
        final SortedMap<String, V> map = new TreeMap<>();
        inner.node.fieldNames().forEachRemaining(name -> map.put(name, read.apply(inner, name)));
        return Collections.unmodifiableSortedMap(map);
    }

    private void require(final boolean holds, final String field, final String complaint) {
        if (!holds) {
            throw new IllegalArgumentException(
                    qualified(field) + ": " + (node.path(field).isMissingNode() ? "missing" : complaint));
        }
    }

    private String qualified(final String field) {
        return path.isEmpty() ? field : path + "." + field;
    }
}
