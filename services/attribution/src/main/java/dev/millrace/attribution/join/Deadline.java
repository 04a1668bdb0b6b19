package dev.millrace.attribution.join;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** When an impression id's wait ends. The bytes sort by time, so what is due is a range at the store's beginning. */
record Deadline(long at, String id) {
    static final Deadline FIRST = new Deadline(0, "");

    static Serde<Deadline> serde() {
        return Serdes.serdeFrom((topic, deadline) -> deadline.toBytes(), (topic, bytes) -> fromBytes(bytes));
    }

    private byte[] toBytes() {
        final byte[] name = id.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + name.length)
                .putLong(at)
                .put(name)
                .array();
    }

    private static Deadline fromBytes(byte[] bytes) {
        final ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Deadline(
                buffer.getLong(), StandardCharsets.UTF_8.decode(buffer).toString());
    }
}
