package dev.millrace.events.json;

import dev.millrace.events.record.Click;
import dev.millrace.events.record.Document;
import dev.millrace.events.record.Event;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Limits;
import dev.millrace.events.record.Pair;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A field with a value that no event may have.
 *
 * @param value as JSON
 * @param path the field at fault, as a refusal names it
 */
record FieldFault(String name, String value, String path, String reason) {
    private static final String ID = "must have 1 to 256 characters of well-formed Unicode and not be blank";
    private static final String NO_ADDRESS = "must not be a dot or two: no address names it";
    private static final String TEXT = "must have 1 to 131072 characters of well-formed Unicode and not be blank";
    private static final String INSTANT = "must be an ISO-8601 instant such as 2026-01-31T12:00:00Z";
    private static final String YEARS = "must lie in the years 1970 to 9999";
    private static final String NO_STRING = "must be a string";
    private static final String MISSING = "is required";

    /** Those of the event's kind. */
    static List<FieldFault> of(Event event) {
        if (event instanceof Pair) {
            return pair();
        }
        if (event instanceof Impression) {
            return impression();
        }
        if (event instanceof Document) {
            return document();
        }
        return event instanceof Click ? click() : checkpoint();
    }

    private static List<FieldFault> pair() {
        return all(Stream.of(
                common(),
                id("id"),
                text("anchor"),
                optional(text("positive")),
                optional(id("group")),
                optional(id("source")),
                List.of(
                        at("negatives", "\"a\"", "must be an array"),
                        new FieldFault("negatives", "[\"a\",null]", "negatives[1]", NO_STRING),
                        new FieldFault("negatives", "[\"a\",\" \"]", "negatives[1]", TEXT),
                        new FieldFault("negatives", "[[\"a\"]]", "negatives[0]", NO_STRING),
                        at("negatives", many(65, "\"x\""), "must have at most 64 entries"),
                        at("label", "\"NaN\"", "must be a number"),
                        at("label", "1.0000001", "must lie in [0, 1]"),
                        at("label", "-1e-9", "must lie in [0, 1]"),
                        at("label", "1e999999", "must lie in [0, 1]"),
                        at("weight", "0", "must lie in [0.000001, 100]"),
                        at("weight", "1e-50", "must lie in [0.000001, 100]"),
                        at("weight", "-1", "must lie in [0.000001, 100]"),
                        at("weight", "1e400", "must lie in [0.000001, 100]"),
                        at("weight", "9".repeat(64), "must lie in [0.000001, 100]"),
                        at("weight", "[1]", "must be a number"))));
    }

    private static List<FieldFault> impression() {
        return all(Stream.of(
                common(),
                id("id"),
                text("query"),
                List.of(
                        at("results", "null", MISSING),
                        at("results", "{}", "must be an array"),
                        at("results", "[]", "must have 1 to 200 entries"),
                        at("results", many(201, result("\"t\"", "1")), "must have 1 to 200 entries"),
                        new FieldFault("results", "[7]", "results[0]", "must be a JSON object"),
                        new FieldFault("results", "[" + result("\" \"", "1") + "]", "results[0].text", TEXT),
                        new FieldFault("results", "[" + result("7", "1") + "]", "results[0].text", NO_STRING),
                        new FieldFault(
                                "results",
                                "[" + result("\"t\"", "0") + "]",
                                "results[0].position",
                                "must be 1 or more"),
                        new FieldFault(
                                "results",
                                "[" + result("\"t\"", "1.5") + "]",
                                "results[0].position",
                                "must be a 32-bit whole number"),
                        new FieldFault(
                                "results",
                                "[" + result("\"t\"", "1,\"propensity\":1e-999") + "]",
                                "results[0].propensity",
                                "must lie in (0, 1]"))));
    }

    private static List<FieldFault> click() {
        return all(Stream.of(
                common(),
                id("impressionId"),
                id("docId"),
                List.of(
                        at("dwellMs", "-1", "must be 0 or more"),
                        at("dwellMs", "1.5", "must be a 64-bit whole number"),
                        at("dwellMs", "99999999999999999999", "must be a 64-bit whole number"))));
    }

    private static List<FieldFault> document() {
        return all(Stream.of(
                common(),
                id("id"),
                text("text"),
                List.of(at("id", "\".\"", NO_ADDRESS), at("id", "\"..\"", NO_ADDRESS))));
    }

    private static List<FieldFault> checkpoint() {
        return all(Stream.of(common(), id("channel"), id("version"), id("space")));
    }

    private static List<FieldFault> common() {
        return List.of(
                at("schema", "2", "must be 1"),
                at("schema", "\"1\"", "must be a 64-bit whole number"),
                at("ts", "null", MISSING),
                at("ts", "1700000000", NO_STRING),
                at("ts", "\"yesterday\"", INSTANT),
                at("ts", "\"2026-02-30T12:00:00Z\"", INSTANT),
                at("ts", "\"1969-12-31T23:59:59Z\"", YEARS),
                at("ts", "\"+10000-01-01T00:00:00Z\"", YEARS));
    }

    private static List<FieldFault> id(String name) {
        return strings(name, 257, ID);
    }

    private static List<FieldFault> text(String name) {
        return strings(name, Limits.TEXT_CHARS + 1, TEXT);
    }

    private static List<FieldFault> strings(String name, int tooLong, String bound) {
        return List.of(
                at(name, "null", MISSING),
                at(name, "7", NO_STRING),
                at(name, "{\"deep\":{}}", NO_STRING),
                at(name, "\"\"", bound),
                at(name, "\" \\t\\n\"", bound),
                at(name, "\"\\u2003\\u3000\"", bound),
                at(name, "\"half \\ud83d\"", bound),
                at(name, "\"\\udc00 half\"", bound),
                at(name, "\"" + "x".repeat(tooLong) + "\"", bound));
    }

    private static List<FieldFault> optional(List<FieldFault> faults) {
        return faults.stream().filter(fault -> !fault.value().equals("null")).toList();
    }

    private static FieldFault at(String name, String value, String reason) {
        return new FieldFault(name, value, name, reason);
    }

    private static String result(String text, String position) {
        return "{\"docId\":\"d\",\"text\":" + text + ",\"position\":" + position + "}";
    }

    private static String many(int count, String item) {
        return Stream.generate(() -> item).limit(count).collect(Collectors.joining(",", "[", "]"));
    }

    private static List<FieldFault> all(Stream<List<FieldFault>> lists) {
        return lists.flatMap(List::stream).toList();
    }
}
