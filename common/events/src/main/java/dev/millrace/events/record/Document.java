package dev.millrace.events.record;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A text that may be found though nobody has asked for it yet; a newer one of the same id takes its place.
 * The constructor throws {@link InvalidEventException} naming the first field out of bounds.
 *
 * @param id the document, and the record's Kafka key, 1..256 characters, neither "." nor ".."
 * @param text 1..131072 characters, stripped of surrounding white space
 * @param ts when it was written
 */
public record Document(String id, String text, Instant ts) implements Event {
    public Document {
        Rule.ID.require("id", id);
        Rule.ADDRESSED.require("id", id);
        text = Rule.TEXT.require("text", text.strip());
        Rule.TIME.require("ts", ts);
    }

    @Override
    public SortedMap<String, String> texts() {
        return new TreeMap<>(Map.of("text", text));
    }

    /** Why no document has this id; empty where one may. */
    public static Optional<String> fault(String id) {
        return Stream.of(Rule.ID, Rule.ADDRESSED)
                .filter(rule -> !rule.holds().test(id))
                .map(Rule::reason)
                .findFirst();
    }
}
