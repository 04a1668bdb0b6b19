package dev.millrace.operator.condition;

/**
 * What keeps an encoder from what was asked for.
 *
 * @param reason one word in CamelCase, for machines
 * @param message what is the matter and what to do about it, for people
 */
public record Trouble(String reason, String message) {
    /** A field of the spec is not what it can be. */
    public static Trouble invalid(String field, String sentence) {
        return new Trouble("InvalidSpec", field + ": " + sentence);
    }
}
