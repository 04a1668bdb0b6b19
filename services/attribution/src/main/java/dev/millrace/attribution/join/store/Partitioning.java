package dev.millrace.attribution.join.store;

import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * What a partition's state knows of its topics' partitions, so that a restart, or another process, finds that there are
 * more.
 *
 * @param count of partitions, when this state was last worked with
 * @param settledAt from when waits may end; milliseconds since the epoch
 */
public record Partitioning(int count, long settledAt) {
    static Serde<Partitioning> serde() {
        return Serdes.serdeFrom((topic, partitioning) -> partitioning.toBytes(), (topic, bytes) -> fromBytes(bytes));
    }

    private byte[] toBytes() {
        return ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                .putInt(count)
                .putLong(settledAt)
                .array();
    }

    private static Partitioning fromBytes(byte[] bytes) {
        final ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Partitioning(buffer.getInt(), buffer.getLong());
    }
}
