package dev.millrace.admin.reindex;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.StringJoiner;

/** What is written for a document: always whole lines. */
enum VectorForm {
    /** {@code {"id", "vector"}}. */
    JSONL {
        @Override
        String lines(Document document, float[] vector) {
            ObjectNode line = JSON.createObjectNode().put("id", document.id());
            add(line, vector);
            return line + "\n";
        }
    },
    /** The body of OpenSearch's {@code /INDEX/_bulk}: a document's other fields stay as they are. */
    OPENSEARCH {
        @Override
        String lines(Document document, float[] vector) {
            ObjectNode action = JSON.createObjectNode();
            action.putObject("update").put("_id", document.id());
            ObjectNode change = JSON.createObjectNode().put("doc_as_upsert", true);
            add(change.putObject("doc"), vector);
            return action + "\n" + change + "\n";
        }
    },
    /** For PostgreSQL's {@code COPY table (id, vector) FROM STDIN} with pgvector, in its text format. */
    PGVECTOR {
        @Override
        String lines(Document document, float[] vector) {
            StringJoiner numbers = new StringJoiner(",", "[", "]");
            for (float number : vector) {
                numbers.add(Float.toString(number));
            }
            return escaped(document.id()) + "\t" + numbers + "\n";
        }
    };

    private static final ObjectMapper JSON = new ObjectMapper();

    abstract String lines(Document document, float[] vector);

    private static void add(ObjectNode object, float[] vector) {
        ArrayNode numbers = object.putArray("vector");
        for (float number : vector) {
            numbers.add(number);
        }
    }

    private static String escaped(String id) {
        return id.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }
}
