package dev.millrace.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.checkpoints.version.Records;

/** What commands print with {@code --json}: one document, indented. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static String print(JsonNode tree) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree in memory did not print", e);
        }
    }

    static void put(ObjectNode json, Records records) {
        json.put("trained", records.trained());
        json.put("heldOut", records.heldOut());
        json.put("duplicates", records.duplicates());
        json.put("setAside", records.setAside());
    }
}
