package dev.millrace.events.record;

import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * A record that could not be used, kept with the place it came from.
 * The constructor throws {@link InvalidEventException} naming the first field out of bounds.
 *
 * @param reason what was wrong with it
 * @param field the field at fault; empty when the value as a whole was bad
 * @param topic the record's topic
 * @param partition the record's partition, 0 or more
 * @param offset the record's offset, 0 or more
 * @param key the record's key, which is the dead letter's too
 * @param payload the record's value in base64, as {@link #encode} writes it
 * @param ts when it was set aside
 */
public record DeadLetter(
        String reason,
        Optional<String> field,
        String topic,
        int partition,
        long offset,
        Optional<String> key,
        String payload,
        Instant ts) {
    public DeadLetter {
        Rule.WELL_FORMED.require("reason", reason);
        field.ifPresent(value -> Rule.WELL_FORMED.require("field", value));
        Rule.ID.require("topic", topic);
        Rule.PARTITION.require("partition", partition);
        Rule.NOT_NEGATIVE.require("offset", offset);
        key.ifPresent(value -> Rule.WELL_FORMED.require("key", value));
        requireBase64(payload);
        Rule.TIME.require("ts", ts);
    }

    /** The payload's form of a record's value; of a value above {@link Limits#VALUE_BYTES} only the beginning is kept. */
    public static String encode(byte[] value) {
        final int kept = Math.min(value.length, Limits.VALUE_BYTES);
        return Base64.getEncoder().encodeToString(kept == value.length ? value : Arrays.copyOf(value, kept));
    }

    /** The record's value, or its beginning where it was larger than {@link Limits#VALUE_BYTES}. */
    public byte[] value() {
        return Base64.getDecoder().decode(payload);
    }

    private static void requireBase64(String payload) {
        try {
            Base64.getDecoder().decode(payload);
        } catch (IllegalArgumentException e) {
            throw new InvalidEventException("payload", "must be base64");
        }
    }
}
