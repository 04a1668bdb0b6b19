package dev.millrace.attribution.join.letter;

import dev.millrace.attribution.join.JoinMeters;
import dev.millrace.attribution.join.JoinTopics;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.DeadLetter;
import dev.millrace.events.record.Origin;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Writes dead letters, and counts them. */
public final class DeadLetters {
    private final JoinTopics topics;
    private final InstantSource clock;
    private final JoinMeters meters;

    public DeadLetters(JoinTopics topics, InstantSource clock, JoinMeters meters) {
        this.topics = topics;
        this.clock = clock;
        this.meters = meters;
    }

    String topic() {
        return topics.names().deadLetters().name();
    }

    DeadLetter setAside(Origin origin, String field, String reason) {
        meters.deadLetter();
        return origin.setAside(field, reason, clock.instant());
    }

    /** The letter of the record that is being processed, for a sink. Its time is the present: the record's own may lie before all that a topic keeps. */
    public Record<String, byte[]> letter(
            ProcessorContext<?, ?> context, Record<byte[], byte[]> record, String field, String reason) {
        final RecordMetadata place = context.recordMetadata().orElseThrow();
        final Origin origin = Origin.of(
                place.topic(),
                place.partition(),
                place.offset(),
                Optional.ofNullable(record.key()),
                Optional.ofNullable(record.value()));
        final DeadLetter letter = setAside(origin, field, reason);
        return new Record<>(letter.key().orElse(""), write(letter), letter.ts().toEpochMilli());
    }

    /** In as many bytes as its topic takes: a letter that is refused would be sent again for ever. */
    byte[] write(DeadLetter letter) {
        return EventJson.write(
                letter,
                topics.largestValue(topics.names().deadLetters(), letter.key().orElse("")));
    }
}
