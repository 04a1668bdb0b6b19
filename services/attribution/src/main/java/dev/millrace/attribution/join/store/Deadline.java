package dev.millrace.attribution.join.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * When a wait ends. The bytes sort by kind and then by time, so what is due is the beginning of its kind's range.
 *
 * @param at the last millisecond since the epoch that belongs to the wait
 * @param id the impression's id
 */
public record Deadline(Kind kind, long at, String id) {
    /** What waits for what, and its first byte in the store. */
    public enum Kind {
        IMPRESSION_FOR_CLICKS((byte) 0),
        CLICKS_FOR_IMPRESSION((byte) 1);

        private final byte code;

        Kind(byte code) {
            this.code = code;
        }

        private static Kind of(byte code) {
            return code == IMPRESSION_FOR_CLICKS.code ? IMPRESSION_FOR_CLICKS : CLICKS_FOR_IMPRESSION;
        }
    }

    static Serde<Deadline> serde() {
        return Serdes.serdeFrom((topic, deadline) -> deadline.toBytes(), (topic, bytes) -> fromBytes(bytes));
    }

    /** Before every deadline of this time or later: no id is empty. */
    static Deadline bound(Kind kind, long at) {
        return new Deadline(kind, at, "");
    }

    private byte[] toBytes() {
        final byte[] name = id.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + Long.BYTES + name.length)
                .put(kind.code)
                .putLong(at)
                .put(name)
                .array();
    }

    private static Deadline fromBytes(byte[] bytes) {
        final ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Deadline(
                Kind.of(buffer.get()),
                buffer.getLong(),
                StandardCharsets.UTF_8.decode(buffer).toString());
    }
}
