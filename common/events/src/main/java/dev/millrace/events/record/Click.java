package dev.millrace.events.record;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * A searcher's choice among an impression's results.
 * The constructor throws {@link InvalidEventException} naming the first field out of bounds.
 *
 * @param impressionId the impression, and the record's Kafka key, 1..256 characters
 * @param docId the chosen result's document, 1..256 characters
 * @param dwellMs milliseconds spent on the document, 0 or more, where known
 * @param ts when it was clicked
 */
public record Click(String impressionId, String docId, OptionalLong dwellMs, Instant ts) implements Event {
    public Click {
        Rule.ID.require("impressionId", impressionId);
        Rule.ID.require("docId", docId);
        dwellMs.ifPresent(value -> Rule.NOT_NEGATIVE.require("dwellMs", value));
        Rule.TIME.require("ts", ts);
    }
}
