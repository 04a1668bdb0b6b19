package dev.millrace.admin.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.checkpoints.version.Records;
import dev.millrace.checkpoints.version.TopicIdentity;

/** What commands print with {@code --json}: one document, indented. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** An empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** The document as text. */
    public static String print(JsonNode tree) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree in memory did not print", e);
        }
    }

    /** Adds which topic it is. */
    public static void put(ObjectNode json, TopicIdentity topic) {
        json.put("name", topic.name()).put("id", topic.id()).put("partitions", topic.partitions());
    }

    /** Adds the counts under their names. */
    public static void put(ObjectNode json, Records records) {
        json.put("trained", records.trained());
        json.put("heldOut", records.heldOut());
        json.put("duplicates", records.duplicates());
        json.put("setAside", records.setAside());
    }
}
