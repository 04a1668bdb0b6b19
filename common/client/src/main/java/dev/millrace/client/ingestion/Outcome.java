package dev.millrace.client.ingestion;

/** What became of one item. */
public sealed interface Outcome {
    /** Durable on the broker. */
    record Accepted() implements Outcome {}

    /**
     * Malformed, never written.
     *
     * @param field the member at fault, such as {@code negatives[2]}; empty when it is the whole item
     */
    record Refused(String field, String reason) implements Outcome {}

    /** May have been written, or not; posting it again is safe, for its id is its key. */
    record Unacknowledged(String reason) implements Outcome {}
}
