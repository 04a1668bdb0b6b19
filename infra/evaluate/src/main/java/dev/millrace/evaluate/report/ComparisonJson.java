package dev.millrace.evaluate.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.evaluate.measure.Result;

/** The comparison for scripts: an object, or a list of them where several models are compared. */
public final class ComparisonJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ComparisonJson() {}

    /** Figures stand by their names beside what was measured. */
    public static JsonNode of(Comparison comparison) {
        if (comparison.results().size() == 1) {
            return object(comparison, comparison.results().get(0));
        }
        ArrayNode list = JSON.createArrayNode();
        comparison.results().forEach(result -> list.add(object(comparison, result)));
        return list;
    }

    private static ObjectNode object(Comparison comparison, Result result) {
        ObjectNode json = JSON.createObjectNode()
                .put("model", result.model())
                .put("data", comparison.data().name())
                .put("kind", comparison.data().kind().toString());
        comparison.sizes().forEach(json::put);
        result.figures().forEach(json::put);
        if (!result.counts().isEmpty()) {
            int last = result.counts().size() - 1;
            ArrayNode top = json.putArray("top");
            result.counts().subList(0, last).forEach(top::add);
            json.put("notAmongFive", result.counts().get(last));
        }
        return json.put("withoutVector", result.refused()).put("seconds", result.seconds());
    }
}
