package dev.millrace.operator.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.operator.condition.Trouble;
import dev.millrace.operator.condition.TroubleException;
import dev.millrace.operator.resource.EncoderSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The chart's values of a spec. Knows neither Helm nor a cluster. */
public final class ChartValues {
    private ChartValues() {}

    /**
     * What is to be rendered.
     *
     * @param trainers how many trainers there are to be
     * @throws TroubleException when the spec says a thing twice, or writes a secret; it names the field
     */
    public static ObjectNode of(EncoderSpec spec, int trainers) {
        final ObjectNode values = JsonNodeFactory.instance.objectNode();
        spec.values().forEach((key, value) -> copy(values, List.of(key), value));
        for (final Field field : Fields.ALL) {
            set(values, field, field.read().apply(spec));
        }
        put(values, segments(Fields.TRAINERS), IntNode.valueOf(trainers));
        return values;
    }

    /** Leaf by leaf, so that what has a field of its own is found however deep it lies. */
    private static void copy(ObjectNode values, List<String> path, JsonNode value) {
        final String name = String.join(".", path);
        Fields.refusal(name).ifPresent(reason -> {
            throw new TroubleException(Trouble.invalid("spec.values." + name, reason));
        });
        if (value instanceof ObjectNode object && !object.isEmpty()) {
            object.properties().forEach(entry -> copy(values, below(path, entry.getKey()), entry.getValue()));
        } else {
            put(values, path, value);
        }
    }

    private static void set(ObjectNode values, Field field, JsonNode value) {
        final List<String> path = segments(field.value());
        if (value instanceof ObjectNode map) {
            for (final Map.Entry<String, JsonNode> entry : map.properties()) {
                final List<String> place = below(path, entry.getKey());
                if (!values.at("/" + String.join("/", place)).isMissingNode()) {
                    throw new TroubleException(
                            Trouble.invalid("spec." + field.spec() + "." + entry.getKey(), "it is said twice"));
                }
                put(values, place, entry.getValue());
            }
        } else if (Field.says(value)) {
            put(values, path, value);
        }
    }

    private static void put(ObjectNode values, List<String> path, JsonNode value) {
        ObjectNode parent = values;
        for (final String segment : path.subList(0, path.size() - 1)) {
            parent = parent.withObjectProperty(segment);
        }
        parent.set(path.get(path.size() - 1), value);
    }

    private static List<String> below(List<String> path, String key) {
        final List<String> longer = new ArrayList<>(path);
        longer.add(key);
        return longer;
    }

    private static List<String> segments(String path) {
        return List.of(path.split("\\."));
    }
}
