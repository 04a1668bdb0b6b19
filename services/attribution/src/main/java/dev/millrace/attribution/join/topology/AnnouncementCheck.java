package dev.millrace.attribution.join.topology;

import dev.millrace.attribution.join.letter.DeadLetters;
import dev.millrace.events.json.Decoded;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.CheckpointEvent;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Sets aside what is no announcement of a moved channel. It is here and not in the encoders, who follow these announcements:
 * of them there may be many or none, and each begins at the topic's end.
 */
final class AnnouncementCheck implements Processor<byte[], byte[], String, byte[]> {
    private final DeadLetters deadLetters;
    private Optional<ProcessorContext<String, byte[]>> context = Optional.empty();

    AnnouncementCheck(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> given) {
        context = Optional.of(given);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        final ProcessorContext<String, byte[]> here = context.orElseThrow();
        final byte[] value = Optional.ofNullable(record.value()).orElseGet(() -> new byte[0]);
        final Decoded<CheckpointEvent> decoded = EventJson.timely(
                EventJson.readCheckpointEvent(value), Instant.ofEpochMilli(here.currentStreamTimeMs()));
        if (decoded instanceof Decoded.Invalid<CheckpointEvent> invalid) {
            here.forward(deadLetters.letter(here, record, invalid.field(), invalid.reason()));
        }
    }
}
