package dev.millrace.attribution.join.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/** One click is kept per document. The id goes first with its length, so an impression's clicks are one key range. */
record ClickKey(String impressionId, String docId) {
    static Serde<ClickKey> serde() {
        return Serdes.serdeFrom((topic, key) -> key.toBytes(), (topic, bytes) -> fromBytes(bytes));
    }

    static Serializer<String> ofImpression() {
        return (topic, impressionId) -> new ClickKey(impressionId, "").toBytes();
    }

    private byte[] toBytes() {
        final byte[] impression = impressionId.getBytes(StandardCharsets.UTF_8);
        final byte[] document = docId.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + impression.length + document.length)
                .putInt(impression.length)
                .put(impression)
                .put(document)
                .array();
    }

    private static ClickKey fromBytes(byte[] bytes) {
        final ByteBuffer buffer = ByteBuffer.wrap(bytes);
        final byte[] impression = new byte[buffer.getInt()];
        buffer.get(impression);
        return new ClickKey(
                new String(impression, StandardCharsets.UTF_8),
                StandardCharsets.UTF_8.decode(buffer).toString());
    }
}
