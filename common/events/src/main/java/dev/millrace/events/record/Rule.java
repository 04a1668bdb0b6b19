package dev.millrace.events.record;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** One bound on a field's value, told the same way whether a constructor or a reader meets it. */
record Rule<T>(String reason, Predicate<T> holds) {
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    static final Rule<String> WELL_FORMED = new Rule<>("must be well-formed Unicode", Rule::wellFormed);
    static final Rule<String> SHA256 = new Rule<>("must be a SHA-256 in hexadecimal", HEX.asMatchPredicate());
    static final Rule<String> ID = new Rule<>(
            "must have 1 to " + Limits.ID_CHARS + " characters of well-formed Unicode and not be blank",
            id -> !id.isBlank() && id.length() <= Limits.ID_CHARS && wellFormed(id));
    /** Of what is deleted by its address, where a dot or two are a step on the way. */
    static final Rule<String> ADDRESSED =
            new Rule<>("must not be a dot or two: no address names it", id -> !id.equals(".") && !id.equals(".."));

    static final Rule<String> TEXT = new Rule<>(
            "must have 1 to " + Limits.TEXT_CHARS + " characters of well-formed Unicode and not be blank",
            text -> !text.isBlank() && text.length() <= Limits.TEXT_CHARS && wellFormed(text));
    static final Rule<List<?>> NEGATIVES =
            new Rule<>("must have at most " + Limits.NEGATIVES + " entries", list -> list.size() <= Limits.NEGATIVES);
    static final Rule<List<?>> RESULTS = new Rule<>(
            "must have 1 to " + Limits.RESULTS + " entries", list -> !list.isEmpty() && list.size() <= Limits.RESULTS);
    static final Rule<Double> LABEL = new Rule<>("must lie in [0, 1]", label -> label >= 0 && label <= 1);
    static final Rule<Double> WEIGHT = new Rule<>(
            "must lie in ["
                    + new BigDecimal(Double.toString(Limits.LEAST_WEIGHT))
                            .stripTrailingZeros()
                            .toPlainString() + ", " + Limits.GREATEST_WEIGHT + "]",
            weight -> weight >= Limits.LEAST_WEIGHT && weight <= Limits.GREATEST_WEIGHT);
    static final Rule<Double> PROPENSITY = new Rule<>("must lie in (0, 1]", p -> p > 0 && p <= 1);
    static final Rule<Integer> POSITION = new Rule<>("must be 1 or more", position -> position >= 1);
    static final Rule<Integer> PARTITION = new Rule<>("must be 0 or more", partition -> partition >= 0);
    static final Rule<Long> NOT_NEGATIVE = new Rule<>("must be 0 or more", number -> number >= 0);
    static final Rule<Instant> TIME =
            new Rule<>("must lie in the years 1970 to 9999", ts -> !ts.isBefore(Instant.EPOCH) && !ts.isAfter(LATEST));

    /** Returns the value, or throws {@link InvalidEventException} naming the field. */
    <V extends T> V require(String field, V value) {
        if (!holds.test(value)) {
            throw new InvalidEventException(field, reason);
        }
        return value;
    }

    /** A surrogate without its partner has no UTF-8 form, so such a text could be read but never written. */
    private static boolean wellFormed(String value) {
        return !LONE_SURROGATE.matcher(value).find();
    }
}
