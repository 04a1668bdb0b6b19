package dev.millrace.admin.redrive;

import dev.millrace.events.json.Decoded;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.Document;
import dev.millrace.events.record.Event;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Pair;
import dev.millrace.events.topic.Topics;
import java.time.Instant;
import java.util.function.Function;

/** Topics to which records can be put back, how their records are read, and which key they have. */
public enum EventKind {
    PAIRS,
    IMPRESSIONS,
    CLICKS,
    DOCUMENTS;

    String topic(Topics topics) {
        return switch (this) {
            case PAIRS -> topics.pairs().name();
            case IMPRESSIONS -> topics.impressions().name();
            case CLICKS -> topics.clicks().name();
            case DOCUMENTS -> topics.documents().name();
        };
    }

    /** The key that the topic's contract gives a value, or why it is no event for those who would read it now. */
    Decoded<String> key(byte[] value, Instant now) {
        return switch (this) {
            case PAIRS -> key(EventJson.readPair(value), now, Pair::id);
            case IMPRESSIONS -> key(EventJson.readImpression(value), now, Impression::id);
            case CLICKS -> key(EventJson.readClick(value), now, Click::impressionId);
            case DOCUMENTS -> key(EventJson.readDocument(value), now, Document::id);
        };
    }

    private static <T extends Event> Decoded<String> key(Decoded<T> read, Instant now, Function<T, String> key) {
        Decoded<T> decoded = EventJson.timely(read, now);
        if (decoded instanceof Decoded.Valid<T> valid) {
            return new Decoded.Valid<>(key.apply(valid.event()));
        }
        Decoded.Invalid<T> invalid = (Decoded.Invalid<T>) decoded;
        return new Decoded.Invalid<>(invalid.field(), invalid.reason());
    }
}
