package dev.millrace.embedding.objective;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The settings of one objective as they were written, each checked when it is taken. */
final class Settings {
    private static final double LEAST_TEMPERATURE = .001;
    private static final double GREATEST_TEMPERATURE = 10;

    private final String objective;
    private final double temperature;
    private final Map<String, String> stated = new TreeMap<>();
    private final TreeSet<String> known = new TreeSet<>();

    /** Of the text within the brackets, such as {@code margin=0.1, temperature=0.05}. */
    Settings(String objective, Optional<String> text, double temperature) {
        this.objective = objective;
        this.temperature = temperature;
        for (String setting : text.map(all -> all.split(",", -1)).orElse(new String[0])) {
            String[] sides = setting.split("=", -1);
            if (sides.length != 2 || stated.put(sides[0].strip(), sides[1].strip()) != null) {
                throw new IllegalArgumentException(
                        objective + "'s settings are written NAME=VALUE, each once, not \"" + setting.strip() + "\"");
            }
        }
    }

    double temperature() {
        return number("temperature", temperature, LEAST_TEMPERATURE, GREATEST_TEMPERATURE);
    }

    double number(String name, double otherwise, double least, double greatest) {
        known.add(name);
        double value = Optional.ofNullable(stated.get(name))
                .map(text -> number(objective + "'s " + name, text))
                .orElse(otherwise);
        if (!(value >= least && value <= greatest)) {
            throw new IllegalArgumentException(
                    objective + "'s " + name + " must lie in [" + least + ", " + greatest + "], but is " + value);
        }
        return value;
    }

    int whole(String name, int otherwise, int least, int greatest) {
        double value = number(name, otherwise, least, greatest);
        if (value != Math.rint(value)) {
            throw new IllegalArgumentException(objective + "'s " + name + " must be a whole number, but is " + value);
        }
        return (int) value;
    }

    <T> T choice(String name, String otherwise, Map<String, T> choices) {
        known.add(name);
        String chosen = stated.getOrDefault(name, otherwise);
        return Optional.ofNullable(choices.get(chosen))
                .orElseThrow(() -> new IllegalArgumentException(objective + "'s " + name + " must be one of "
                        + new TreeSet<>(choices.keySet()) + ", not \"" + chosen + "\""));
    }

    void requireAllTaken() {
        TreeSet<String> unknown = new TreeSet<>(stated.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(objective + " has no setting " + unknown + "; it has " + known);
        }
    }

    static double number(String what, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(what + " is no number: \"" + text + "\"", e);
        }
    }
}
