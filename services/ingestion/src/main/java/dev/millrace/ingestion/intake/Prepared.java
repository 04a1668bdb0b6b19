package dev.millrace.ingestion.intake;

/** An item before anything is sent. */
sealed interface Prepared {
    record Ready(Entry entry) implements Prepared {}

    record Refused(String field, String reason) implements Prepared {}
}
