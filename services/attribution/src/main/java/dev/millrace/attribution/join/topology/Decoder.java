package dev.millrace.attribution.join.topology;

import dev.millrace.attribution.join.letter.DeadLetters;
import dev.millrace.events.json.Decoded;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.Event;
import dev.millrace.events.record.Impression;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Reads the bytes of one topic. The topics are consumed as bytes, which cannot fail, so that every bad record comes by
 * here and becomes a dead letter in the same transaction.
 */
final class Decoder<T extends Event> implements Processor<byte[], byte[], String, Object> {
    private final Reading<T> reading;
    private final DeadLetters deadLetters;
    private final MovedEvents moved;
    private Optional<ProcessorContext<String, Object>> context = Optional.empty();

    Decoder(Reading<T> reading, DeadLetters deadLetters, MovedEvents moved) {
        this.reading = reading;
        this.deadLetters = deadLetters;
        this.moved = moved;
    }

    /** A valid event on its way into the join. */
    sealed interface Arrival {
        record Shown(Impression impression) implements Arrival {}

        record Clicked(Click click) implements Arrival {}
    }

    /** How a topic's values become arrivals, and which key such a record must have. */
    record Reading<T extends Event>(
            Function<byte[], Decoded<T>> decode, Function<T, String> key, Function<T, Arrival> arrival) {}

    @Override
    public void init(ProcessorContext<String, Object> given) {
        context = Optional.of(given);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        final byte[] value = Optional.ofNullable(record.value()).orElseGet(() -> new byte[0]);
        final Optional<String> key =
                Optional.ofNullable(record.key()).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        final Decoded<T> decoded = EventJson.timely(
                reading.decode().apply(value), Instant.ofEpochMilli(context().currentStreamTimeMs()));
        if (decoded instanceof Decoded.Valid<T> valid) {
            accept(record, key, valid.event());
        } else if (decoded instanceof Decoded.Invalid<T> invalid) {
            setAside(record, invalid.field(), invalid.reason());
        }
    }

    /** Impressions and their clicks meet only when their keys, which choose the partition, are the same. */
    private void accept(Record<byte[], byte[]> record, Optional<String> key, T event) {
        final String expected = reading.key().apply(event);
        if (!key.equals(Optional.of(expected))) {
            setAside(record, "", "the record's key is not the impression's id");
        } else if (moved.belongsElsewhere(
                expected, context().recordMetadata().orElseThrow().partition())) {
            moved.move(context(), event);
        } else {
            context()
                    .forward(
                            record.withKey(expected)
                                    .<Object>withValue(reading.arrival().apply(event)),
                            JoinTopology.JOIN);
        }
    }

    private void setAside(Record<byte[], byte[]> record, String field, String reason) {
        context().forward(deadLetters.letter(context(), record, field, reason), JoinTopology.DEAD_LETTERS);
    }

    private ProcessorContext<String, Object> context() {
        return context.orElseThrow();
    }
}
