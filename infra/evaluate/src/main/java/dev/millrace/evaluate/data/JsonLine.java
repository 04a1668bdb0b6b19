package dev.millrace.evaluate.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.evaluate.data.Lines.Line;
import dev.millrace.events.json.Decoded;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Limits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A line that is a JSON object, read as strictly as events. */
record JsonLine(Line line, ObjectNode json) {
    static JsonLine of(Line line) {
        JsonNode json = valid(line, EventJson.parse(line.text().getBytes(StandardCharsets.UTF_8), Limits.VALUE_BYTES));
        if (json instanceof ObjectNode object) {
            return new JsonLine(line, object);
        }
        throw line.refused("is no JSON object");
    }

    static <T> T valid(Line line, Decoded<T> decoded) {
        if (decoded instanceof Decoded.Valid<T> valid) {
            return valid.event();
        }
        Decoded.Invalid<T> fault = (Decoded.Invalid<T>) decoded;
        throw line.refused(fault.field().isEmpty() ? fault.reason() : fault.field() + ": " + fault.reason());
    }

    boolean has(List<String> names) {
        return names.stream().anyMatch(json::has);
    }

    /** The first of these members that is there, as a text that is not blank. */
    String text(List<String> names) {
        JsonNode value = member(names);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw line.refused(names.get(0) + ": must be a text that is not blank");
        }
        return value.textValue().strip();
    }

    /** As {@link #text}; empty where it is absent or blank. */
    Optional<String> optionalText(String name) {
        return Optional.of(json.path(name).asText("").strip()).filter(text -> !text.isEmpty());
    }

    /** A name or a number, as ids and classes are. */
    String name(List<String> names) {
        JsonNode value = member(names);
        if (!value.isTextual() && !value.isIntegralNumber()) {
            throw line.refused(names.get(0) + ": must be a text or a whole number");
        }
        return value.asText();
    }

    double number(List<String> names) {
        JsonNode value = member(names);
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw line.refused(names.get(0) + ": must be a number");
        }
        return value.doubleValue();
    }

    private JsonNode member(List<String> names) {
        return names.stream()
                .filter(json::has)
                .findFirst()
                .map(json::get)
                .orElseThrow(() -> line.refused(names.get(0) + ": is missing"
                        + (names.size() > 1 ? " (also read as " + String.join(", ", tail(names)) + ")" : "")));
    }

    private static List<String> tail(List<String> names) {
        return Arrays.asList(names.toArray(String[]::new)).subList(1, names.size());
    }
}
