package dev.millrace.attribution.join;

import dev.millrace.events.DeadLetter;
import dev.millrace.events.Limits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** The record a dead letter speaks of. */
record Origin(String topic, int partition, long offset, Optional<String> key, String payload) {
    static Origin of(RecordMetadata place, Optional<byte[]> key, Optional<byte[]> value) {
        return new Origin(place.topic(), place.partition(), place.offset(), text(key), encoded(value));
    }

    static Origin of(ErrorHandlerContext place) {
        return new Origin(
                place.topic(),
                place.partition(),
                place.offset(),
                text(Optional.ofNullable(place.sourceRawKey())),
                encoded(Optional.ofNullable(place.sourceRawValue())));
    }

    DeadLetter setAside(String field, String reason, Instant now) {
        final Optional<String> named = Optional.of(field).filter(name -> !name.isEmpty());
        return new DeadLetter(reason, named, topic, partition, offset, key, payload, now);
    }

    /** No valid key is longer, and a dead letter must not outgrow its own topic. */
    private static Optional<String> text(Optional<byte[]> key) {
        return key.map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .filter(text -> text.length() <= Limits.ID_CHARS);
    }

    private static String encoded(Optional<byte[]> value) {
        return DeadLetter.encode(value.orElseGet(() -> new byte[0]));
    }
}
