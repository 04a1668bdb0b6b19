package dev.millrace.events.record;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * The record that a dead letter speaks of.
 *
 * @param topic the record's topic
 * @param partition the record's partition
 * @param offset the record's offset
 * @param key the record's key as text, bytes that are no UTF-8 replaced; empty when it has none or one longer than
 *     {@link Limits#ID_CHARS}: no event's key is, and a dead letter must not outgrow its own topic
 * @param payload the record's value as {@link DeadLetter#encode} writes it
 * @param whole what the value was, where the payload is only its beginning
 */
public record Origin(
        String topic,
        int partition,
        long offset,
        Optional<String> key,
        String payload,
        Optional<DeadLetter.Whole> whole) {
    /** From a record as it was read; whatever it holds, its dead letter is at most {@link Limits#DEAD_LETTER_BYTES} long. */
    public static Origin of(String topic, int partition, long offset, Optional<byte[]> key, Optional<byte[]> value) {
        final byte[] bytes = value.orElseGet(() -> new byte[0]);
        return new Origin(
                topic,
                partition,
                offset,
                key.map(name -> new String(name, StandardCharsets.UTF_8))
                        .filter(text -> text.length() <= Limits.ID_CHARS),
                DeadLetter.encode(bytes),
                Optional.of(bytes)
                        .filter(all -> all.length > Limits.VALUE_BYTES)
                        .map(DeadLetter.Whole::of));
    }

    /**
     * The record's dead letter.
     *
     * @param field the field at fault; empty when the value as a whole was bad
     */
    public DeadLetter setAside(String field, String reason, Instant now) {
        final Optional<String> named = Optional.of(field).filter(name -> !name.isEmpty());
        return new DeadLetter(reason, named, topic, partition, offset, key, payload, now, whole);
    }
}
