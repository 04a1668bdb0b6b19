package dev.millrace.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What an object's controller says of it, by type: {@code True}, {@code False} or {@code Unknown}. */
public record Conditions(Map<String, String> statuses) {
    public static Conditions of(JsonNode object) {
        Map<String, String> found = new TreeMap<>();
        ApiServer.items(object.at("/status/conditions"))
                .forEach(condition -> found.put(
                        condition.path("type").asText(),
                        condition.path("status").asText()));
        return new Conditions(found);
    }

    public boolean isTrue(String type) {
        return is(type, "True");
    }

    /** Said, and not merely not said to be true. */
    public boolean isFalse(String type) {
        return is(type, "False");
    }

    private boolean is(String type, String status) {
        return Optional.ofNullable(statuses.get(type)).filter(status::equals).isPresent();
    }
}
