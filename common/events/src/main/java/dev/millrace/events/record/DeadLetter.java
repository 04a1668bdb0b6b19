package dev.millrace.events.record;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
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
 * @param whole what the value was, where the payload is only its beginning
 */
public record DeadLetter(
        String reason,
        Optional<String> field,
        String topic,
        int partition,
        long offset,
        Optional<String> key,
        String payload,
        Instant ts,
        Optional<Whole> whole) {
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

    /** A letter that keeps the whole value. */
    public DeadLetter(
            String reason,
            Optional<String> field,
            String topic,
            int partition,
            long offset,
            Optional<String> key,
            String payload,
            Instant ts) {
        this(reason, field, topic, partition, offset, key, payload, ts, Optional.empty());
    }

    /**
     * A value of which a letter keeps the beginning only: enough to find the same value elsewhere.
     *
     * @param bytes its length
     * @param sha256 its digest, 64 hexadecimal digits in lower case
     */
    public record Whole(long bytes, String sha256) {
        public Whole {
            Rule.NOT_NEGATIVE.require("wholeBytes", bytes);
            Rule.SHA256.require("wholeSha256", sha256);
        }

        static Whole of(byte[] value) {
            try {
                final byte[] digest = MessageDigest.getInstance("SHA-256").digest(value);
                return new Whole(value.length, HexFormat.of().formatHex(digest));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
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

    /** The letter with at most the first bytes of its value, and what the whole value was. */
    public DeadLetter cutTo(int bytes) {
        final byte[] kept = value();
        if (kept.length <= bytes) {
            return this;
        }
        final Whole cutFrom = whole.orElseGet(() -> Whole.of(kept));
        return new DeadLetter(
                reason,
                field,
                topic,
                partition,
                offset,
                key,
                encode(Arrays.copyOf(kept, bytes)),
                ts,
                Optional.of(cutFrom));
    }

    /** The letter with another reason, which may be a part of its own. */
    public DeadLetter because(String other) {
        return new DeadLetter(other, field, topic, partition, offset, key, payload, ts, whole);
    }

    private static void requireBase64(String payload) {
        try {
            Base64.getDecoder().decode(payload);
        } catch (IllegalArgumentException e) {
            throw new InvalidEventException("payload", "must be base64");
        }
    }
}
