package dev.millrace.embedding.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.embedding.model.plan.Activation;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code config.json} as families read it; whatever is missing or unsupported is refused by its key.
 *
 * @param json the file's content
 */
public record ConfigFile(JsonNode json) {
    private static final String FILE = "config.json";

    /** A value of text. */
    public String text(String key, String otherwise) {
        return json.path(key).asText(otherwise);
    }

    /** Several values of text; empty where the key is not there. */
    public List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        json.path(key).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** A whole number of at least 1 that must be there. */
    public int count(String key) {
        JsonNode value = json.path(key);
        if (!value.canConvertToInt() || value.asInt() < 1) {
            throw refusal(key + " must be a whole number of at least 1");
        }
        return value.asInt();
    }

    /** The same where the key is there, and not null. */
    public int count(String key, int otherwise) {
        return json.path(key).isNumber() ? count(key) : otherwise;
    }

    /** A whole number of at least 0. */
    public int number(String key, int otherwise) {
        return json.path(key).asInt(otherwise);
    }

    /** A number above 0. */
    public double positive(String key, double otherwise) {
        double value = json.path(key).asDouble(otherwise);
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw refusal(key + " must be a number above 0");
        }
        return value;
    }

    /** A number in [0, 1). */
    public double share(String key, double otherwise) {
        double value = json.path(key).asDouble(otherwise);
        if (!(value >= 0 && value < 1)) {
            throw refusal(key + " must lie in [0, 1)");
        }
        return value;
    }

    /** True or false. */
    public boolean flag(String key, boolean otherwise) {
        return json.path(key).asBoolean(otherwise);
    }

    /** The activation that a key names. */
    public Activation activation(String key, String otherwise) {
        String name = text(key, otherwise);
        return Activation.of(name)
                .orElseThrow(() -> UnsupportedModelException.value(FILE, key, name, Activation.names()));
    }

    /** Refuses another value than the one that is supported, and that the key has where it is left out. */
    public void require(String key, String supported) {
        JsonNode found = json.path(key);
        String value = found.isContainerNode() ? found.toString() : found.asText(supported);
        if (!value.equals(supported)) {
            throw UnsupportedModelException.value(FILE, key, value, supported);
        }
    }

    /** Refuses a number other than 0. */
    public void requireNone(String key) {
        if (json.path(key).asDouble(0) != 0) {
            throw refusal(key, text(key, ""), "0");
        }
    }

    /** Refuses a number that is no multiple of another. */
    public void requireMultiple(String key, String of) {
        if (count(key) % count(of) != 0) {
            throw refusal(key + " " + count(key) + " is not a multiple of " + of + " " + count(of));
        }
    }

    /** A line that names the file. */
    public UnsupportedModelException refusal(String why) {
        return new UnsupportedModelException(FILE + ": " + why);
    }

    /** A line that names the file, the key, what it says and what is supported. */
    public UnsupportedModelException refusal(String key, String value, String supported) {
        return UnsupportedModelException.value(FILE, key, value, supported);
    }
}
