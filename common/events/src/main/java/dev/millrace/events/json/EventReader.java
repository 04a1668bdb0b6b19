package dev.millrace.events.json;

import dev.millrace.events.record.CheckpointEvent;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.DeadLetter;
import dev.millrace.events.record.Document;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Pair;
import java.time.Instant;
import java.util.Optional;

/** Which fields make which record. */
final class EventReader {
    private EventReader() {}

    static Pair pair(Fields fields, Optional<Instant> defaultTs) {
        return new Pair(
                fields.string("id"),
                fields.string("anchor"),
                fields.optionalString("positive"),
                fields.strings("negatives"),
                fields.optionalNumber("label"),
                fields.optionalNumber("weight").orElse(Pair.DEFAULT_WEIGHT),
                fields.optionalString("group"),
                fields.optionalString("source").orElse(Pair.UNKNOWN_SOURCE),
                fields.instant("ts", defaultTs));
    }

    static Impression impression(Fields fields, Optional<Instant> defaultTs) {
        return new Impression(
                fields.string("id"),
                fields.string("query"),
                fields.objects("results", EventReader::result),
                fields.instant("ts", defaultTs));
    }

    static Click click(Fields fields, Optional<Instant> defaultTs) {
        return new Click(
                fields.string("impressionId"),
                fields.string("docId"),
                fields.optionalLong("dwellMs"),
                fields.instant("ts", defaultTs));
    }

    static Document document(Fields fields, Optional<Instant> defaultTs) {
        return new Document(fields.string("id"), fields.string("text"), fields.instant("ts", defaultTs));
    }

    static DeadLetter deadLetter(Fields fields) {
        return new DeadLetter(
                fields.string("reason"),
                fields.optionalString("field"),
                fields.string("topic"),
                fields.integer("partition"),
                fields.longInteger("offset"),
                fields.optionalString("key"),
                fields.string("payload"),
                fields.instant("ts", Optional.empty()),
                fields.optionalString("wholeSha256")
                        .map(sha256 -> new DeadLetter.Whole(fields.longInteger("wholeBytes"), sha256)));
    }

    static CheckpointEvent checkpointEvent(Fields fields) {
        return new CheckpointEvent(
                fields.string("channel"),
                fields.string("version"),
                fields.string("space"),
                fields.instant("ts", Optional.empty()));
    }

    private static Impression.Result result(Fields fields) {
        return new Impression.Result(
                fields.string("docId"),
                fields.string("text"),
                fields.integer("position"),
                fields.optionalNumber("propensity"));
    }
}
