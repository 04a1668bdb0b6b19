package dev.millrace.ingestion.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.events.json.Decoded;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.Event;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Limits;
import dev.millrace.events.record.Pair;
import dev.millrace.events.topic.TopicSpec;
import dev.millrace.ingestion.intake.EventLog.Entry;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;

/** How one kind of event becomes a record: its topic, its key, its form. */
public record EventType<T extends Event>(
        String topic,
        BiFunction<JsonNode, Instant, Decoded<T>> read,
        Function<T, String> key,
        Function<T, byte[]> write) {

    public static EventType<Pair> pairs(TopicSpec topic) {
        return new EventType<>(topic.name(), EventJson::readPair, Pair::id, EventJson::write);
    }

    public static EventType<Impression> impressions(TopicSpec topic) {
        return new EventType<>(topic.name(), EventJson::readImpression, Impression::id, EventJson::write);
    }

    public static EventType<Click> clicks(TopicSpec topic) {
        return new EventType<>(topic.name(), EventJson::readClick, Click::impressionId, EventJson::write);
    }

    Prepared prepare(JsonNode item, Instant now) {
        final Decoded<T> decoded = EventJson.timely(read.apply(item, now), now);
        if (decoded instanceof Decoded.Invalid<T> invalid) {
            return new Prepared.Refused(invalid.field(), invalid.reason());
        }
        final T event = ((Decoded.Valid<T>) decoded).event();
        final byte[] value = write.apply(event);
        if (value.length > Limits.VALUE_BYTES) {
            return new Prepared.Refused("", "must have at most " + Limits.VALUE_BYTES + " bytes");
        }
        return new Prepared.Ready(new Entry(topic, key.apply(event), value));
    }

    /** An item before anything is sent. */
    sealed interface Prepared {
        record Ready(Entry entry) implements Prepared {}

        record Refused(String field, String reason) implements Prepared {}
    }
}
