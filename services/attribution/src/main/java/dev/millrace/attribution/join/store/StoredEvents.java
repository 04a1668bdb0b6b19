package dev.millrace.attribution.join.store;

import dev.millrace.events.json.Decoded;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.Impression;
import java.time.Instant;
import org.apache.kafka.common.errors.SerializationException;

/** Events in the stores, in the form they have on Kafka. */
final class StoredEvents {
    /** Written anew, a value can come out a little longer than it came in, when it was just within the limit. */
    static final int MAX_BYTES = 2 << 20;

    private StoredEvents() {}

    static Impression impression(byte[] bytes) {
        return valid(EventJson.readImpression(valid(EventJson.parse(bytes, MAX_BYTES)), Instant.EPOCH));
    }

    static Click click(byte[] bytes) {
        return valid(EventJson.readClick(bytes));
    }

    private static <T> T valid(Decoded<T> decoded) {
        if (decoded instanceof Decoded.Valid<T> valid) {
            return valid.event();
        }
        throw new SerializationException("a stored event is damaged: " + decoded);
    }
}
