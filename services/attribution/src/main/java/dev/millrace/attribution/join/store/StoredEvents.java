package dev.millrace.attribution.join.store;

import dev.millrace.events.json.Decoded;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.Impression;
import java.time.Instant;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Events in the stores, in the form they have on Kafka. */
final class StoredEvents {
    /** Written anew, a value can come out a little longer than it came in, when it was just within the limit. */
    static final int MAX_BYTES = 2 << 20;

    private StoredEvents() {}

    static Serde<Impression> impressions() {
        return Serdes.serdeFrom(
                (topic, impression) -> EventJson.write(impression),
                (topic, bytes) -> valid(
                        topic,
                        EventJson.readImpression(valid(topic, EventJson.parse(bytes, MAX_BYTES)), Instant.EPOCH)));
    }

    static Serde<Click> clicks() {
        return Serdes.serdeFrom(
                (topic, click) -> EventJson.write(click), (topic, bytes) -> valid(topic, EventJson.readClick(bytes)));
    }

    private static <T> T valid(String topic, Decoded<T> decoded) {
        if (decoded instanceof Decoded.Valid<T> valid) {
            return valid.event();
        }
        throw new SerializationException("a stored event of " + topic + " is damaged: " + decoded);
    }
}
