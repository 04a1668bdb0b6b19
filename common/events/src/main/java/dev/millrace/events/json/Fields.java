package dev.millrace.events.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.events.record.InvalidEventException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Takes typed values out of one JSON object by name. Types are judged here, bounds by the records. A JSON null counts
 * as an absent field. The first fault ends the reading with an {@link InvalidEventException}.
 */
final class Fields {
    private final JsonNode object;

    Fields(JsonNode object) {
        if (!object.isObject()) {
            throw new InvalidEventException("", "must be a JSON object");
        }
        this.object = object;
    }

    String string(String name) {
        return required(name, optionalString(name));
    }

    Optional<String> optionalString(String name) {
        return find(name).map(node -> string(name, node));
    }

    List<String> strings(String name) {
        return list(name, Fields::string);
    }

    <T> List<T> objects(String name, Function<Fields, T> read) {
        required(name, find(name));
        return list(name, (path, node) -> within(path, node, read));
    }

    OptionalDouble optionalNumber(String name) {
        return find(name).stream()
                .mapToDouble(node -> {
                    require(name, node.isNumber(), "must be a number");
                    return node.doubleValue();
                })
                .findFirst();
    }

    int integer(String name) {
        return find(name)
                .map(node -> {
                    require(name, whole(node) && node.canConvertToInt(), "must be a 32-bit whole number");
                    return node.intValue();
                })
                .orElseThrow(() -> missing(name));
    }

    OptionalLong optionalLong(String name) {
        return find(name).stream()
                .mapToLong(node -> {
                    require(name, whole(node) && node.canConvertToLong(), "must be a 64-bit whole number");
                    return node.longValue();
                })
                .findFirst();
    }

    long longInteger(String name) {
        return optionalLong(name).orElseThrow(() -> missing(name));
    }

    Instant instant(String name, Optional<Instant> whenAbsent) {
        return required(
                name, optionalString(name).map(text -> instant(name, text)).or(() -> whenAbsent));
    }

    /** A value without a schema is of the first one; any other than {@code known} is refused. */
    void schema(int known) {
        final long stated = optionalLong("schema").orElse(known);
        require("schema", stated == known, "must be " + known);
    }

    private Optional<JsonNode> find(String name) {
        return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
    }

    private <T> List<T> list(String name, BiFunction<String, JsonNode, T> read) {
        final List<T> values = new ArrayList<>();
        find(name).ifPresent(array -> {
            require(name, array.isArray(), "must be an array");
            for (JsonNode element : array) {
                values.add(read.apply(name + "[" + values.size() + "]", element));
            }
        });
        return values;
    }

    private static <T> T within(String path, JsonNode node, Function<Fields, T> read) {
        try {
            return read.apply(new Fields(node));
        } catch (InvalidEventException e) {
            throw e.within(path);
        }
    }

    private static String string(String path, JsonNode node) {
        require(path, node.isTextual(), "must be a string");
        return node.textValue();
    }

    private static Instant instant(String name, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidEventException(name, "must be an ISO-8601 instant such as 2026-01-31T12:00:00Z");
        }
    }

    private static boolean whole(JsonNode node) {
        return node.isIntegralNumber();
    }

    private static <T> T required(String name, Optional<T> value) {
        return value.orElseThrow(() -> missing(name));
    }

    private static InvalidEventException missing(String name) {
        return new InvalidEventException(name, "is required");
    }

    private static void require(String path, boolean holds, String reason) {
        if (!holds) {
            throw new InvalidEventException(path, reason);
        }
    }
}
