package dev.millrace.admin.redrive;

import java.util.Optional;

/**
 * What a redrive does with one record.
 *
 * @param origin where the record comes from: {@code pairs-0@123} for a dead letter, {@code line 3} for a line of a file
 * @param reason why it had been set aside; empty for a line of a file
 * @param value the record's value
 * @param outcome what becomes of it
 */
public record Step(String origin, Optional<String> reason, byte[] value, Outcome outcome) {

    /** What becomes of a record. */
    public sealed interface Outcome {
        /** It is put back under the key that its topic's contract gives it. */
        record Put(String key) implements Outcome {}

        /** A redrive before this one put it back. */
        record Already() implements Outcome {}

        /** It is no valid event; {@code field} is empty when the value as a whole is bad. */
        record Refused(String field, String complaint) implements Outcome {
            @Override
            public String toString() {
                return field.isEmpty() ? complaint : field + " " + complaint;
            }
        }
    }
}
