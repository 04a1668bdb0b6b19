package dev.millrace.ingestion.intake;

/** What became of one item. */
public sealed interface Outcome {

    /** Durable on the broker. */
    record Accepted(String id) implements Outcome {}

    /** Malformed, never sent. */
    record Refused(String field, String reason) implements Outcome {}

    /** Sent, and not known to be durable; to be posted again. */
    record Unacknowledged(String id, String reason) implements Outcome {}
}
