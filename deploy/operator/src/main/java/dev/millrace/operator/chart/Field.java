package dev.millrace.operator.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.millrace.operator.resource.EncoderSpec;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * A field of the spec and the value of the chart that it sets.
 *
 * @param spec its path in the spec, such as {@code stream.topicPrefix}
 * @param value the value's path, such as {@code kafka.topicPrefix}
 * @param read what is to be written there; an empty text, list or object leaves the chart's default
 */
record Field(String spec, String value, Function<EncoderSpec, JsonNode> read) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static Field text(String spec, String value, Function<EncoderSpec, String> read) {
        return new Field(spec, value, read.andThen(TextNode::valueOf));
    }

    static Field number(String spec, String value, ToIntFunction<EncoderSpec> read) {
        return new Field(spec, value, from -> IntNode.valueOf(read.applyAsInt(from)));
    }

    static Field flag(String spec, String value, Predicate<EncoderSpec> read) {
        return new Field(spec, value, from -> BooleanNode.valueOf(read.test(from)));
    }

    static Field map(String spec, String value, Function<EncoderSpec, Map<String, JsonNode>> read) {
        return new Field(spec, value, from -> JSON.objectNode().setAll(read.apply(from)));
    }

    static Field texts(String spec, String value, Function<EncoderSpec, List<String>> read) {
        return new Field(spec, value, from -> {
            final var array = JSON.arrayNode();
            read.apply(from).forEach(array::add);
            return array;
        });
    }

    static boolean says(JsonNode value) {
        return value.isTextual() ? !value.textValue().isEmpty() : !value.isContainerNode() || !value.isEmpty();
    }
}
