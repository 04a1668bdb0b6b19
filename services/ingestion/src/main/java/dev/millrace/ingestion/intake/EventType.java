package dev.millrace.ingestion.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.events.json.Decoded;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.Document;
import dev.millrace.events.record.Event;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Limits;
import dev.millrace.events.record.Pair;
import dev.millrace.events.topic.TopicLimits;
import dev.millrace.events.topic.TopicSpec;
import dev.millrace.ingestion.intake.EventLog.Entry;
import dev.millrace.ingestion.intake.Receipt.Outcome;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** How one kind of event becomes a record: its topic, its key, its form. */
public record EventType<T extends Event>(
        TopicSpec spec,
        BiFunction<JsonNode, Instant, Decoded<T>> read,
        Function<T, String> key,
        Function<T, byte[]> write) {

    public static EventType<Pair> pairs(TopicSpec topic) {
        return new EventType<>(topic, EventJson::readPair, Pair::id, EventJson::write);
    }

    public static EventType<Impression> impressions(TopicSpec topic) {
        return new EventType<>(topic, EventJson::readImpression, Impression::id, EventJson::write);
    }

    public static EventType<Click> clicks(TopicSpec topic) {
        return new EventType<>(topic, EventJson::readClick, Click::impressionId, EventJson::write);
    }

    public static EventType<Document> documents(TopicSpec topic) {
        return new EventType<>(topic, EventJson::readDocument, Document::id, EventJson::write);
    }

    String topic() {
        return spec.name();
    }

    Prepared prepare(JsonNode item, Instant now, TopicLimits limits, int maxTextChars) {
        final Decoded<T> decoded = EventJson.timely(read.apply(item, now), now);
        if (decoded instanceof Decoded.Invalid<T> invalid) {
            return new Prepared.Refused(new Outcome.Refused(invalid.field(), invalid.reason()));
        }
        final T event = ((Decoded.Valid<T>) decoded).event();
        final Optional<String> tooLong = fieldAbove(event, maxTextChars);
        if (tooLong.isPresent()) {
            return new Prepared.Refused(
                    new Outcome.Refused(tooLong.get(), "must have at most " + maxTextChars + " characters"));
        }
        final String id = key.apply(event);
        final byte[] value = write.apply(event);
        return tooLarge(value.length, limits.largestValue(spec, id))
                .<Prepared>map(reason -> new Prepared.Refused(new Outcome.TooLarge(id, reason)))
                .orElseGet(() -> new Prepared.Ready(new Entry(topic(), id, value)));
    }

    private static Optional<String> fieldAbove(Event event, int maxTextChars) {
        return event.texts().entrySet().stream()
                .filter(text -> text.getValue().length() > maxTextChars)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** What lets a compacted topic forget an id; refused where no event could have it. */
    Prepared forget(Decoded<String> id) {
        if (id instanceof Decoded.Invalid<String> invalid) {
            return new Prepared.Refused(new Outcome.Refused(invalid.field(), invalid.reason()));
        }
        final String key = ((Decoded.Valid<String>) id).event();
        return Document.fault(key)
                .<Prepared>map(reason -> new Prepared.Refused(new Outcome.Refused("id", reason)))
                .orElseGet(() -> new Prepared.Ready(new Entry(topic(), key, new byte[0])));
    }

    private Optional<String> tooLarge(int bytes, int topicsLargest) {
        if (bytes > Limits.VALUE_BYTES) {
            return Optional.of("must have at most " + Limits.VALUE_BYTES + " bytes");
        }
        return bytes > topicsLargest
                ? Optional.of("must have at most %d bytes, topic %s takes no more (%s)"
                        .formatted(topicsLargest, topic(), TopicLimits.SETTING))
                : Optional.empty();
    }

    /** An item before anything is sent. */
    sealed interface Prepared {
        record Ready(Entry entry) implements Prepared {}

        record Refused(Outcome outcome) implements Prepared {}
    }
}
