package dev.millrace.attribution.join;

import dev.millrace.events.Click;
import dev.millrace.events.Decoded;
import dev.millrace.events.EventJson;
import dev.millrace.events.Impression;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Events in the stores, in the form they have on Kafka. */
final class StoredEvents {
    /** Written anew, a value can come out a little longer than it came in, when it was just within the limit. */
    static final int MAX_BYTES = 2 << 20;

    private StoredEvents() {}

    static Serde<OpenImpression> impressions() {
        return Serdes.serdeFrom((topic, open) -> toBytes(open), StoredEvents::open);
    }

    static Serde<Click> clicks() {
        return Serdes.serdeFrom(
                (topic, click) -> EventJson.write(click), (topic, bytes) -> valid(topic, EventJson.readClick(bytes)));
    }

    private static byte[] toBytes(OpenImpression open) {
        final byte[] json = EventJson.write(open.impression());
        return ByteBuffer.allocate(Long.BYTES + json.length)
                .putLong(open.deadline())
                .put(json)
                .array();
    }

    private static OpenImpression open(String topic, byte[] bytes) {
        final byte[] json = Arrays.copyOfRange(bytes, Long.BYTES, bytes.length);
        final Decoded<Impression> read =
                EventJson.readImpression(valid(topic, EventJson.parse(json, MAX_BYTES)), Instant.EPOCH);
        return new OpenImpression(ByteBuffer.wrap(bytes).getLong(), valid(topic, read));
    }

    private static <T> T valid(String topic, Decoded<T> decoded) {
        if (decoded instanceof Decoded.Valid<T> valid) {
            return valid.event();
        }
        throw new SerializationException("a stored event of " + topic + " is damaged: " + decoded);
    }
}
