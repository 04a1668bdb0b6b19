package dev.millrace.attribution.join.letter;

import dev.millrace.events.record.DeadLetter;
import dev.millrace.events.record.Origin;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jboss.logging.Logger;

/**
 * A record whose processing fails although it is valid becomes a dead letter too; read again and again, it would hold up
 * its partition for ever. A failing punctuation has no record to blame: there the transaction is aborted and tried anew.
 */
public final class SetAside implements ProcessingExceptionHandler {
    /** The setting under which Kafka Streams hands the dead letters to the handlers it makes itself. */
    public static final String DEAD_LETTERS = "millrace.dead.letters";

    private static final Logger LOG = Logger.getLogger(SetAside.class);

    private Optional<DeadLetters> deadLetters = Optional.empty();

    @Override
    public void configure(Map<String, ?> settings) {
        deadLetters = Optional.ofNullable(settings.get(DEAD_LETTERS)).map(DeadLetters.class::cast);
    }

    @Override
    public Response handleError(ErrorHandlerContext place, Record<?, ?> record, Exception failure) {
        if (place.sourceRawValue() == null) {
            LOG.errorf(failure, "%s failed between records", place.processorNodeId());
            return Response.fail();
        }
        final DeadLetters target = deadLetters.orElseThrow();
        final Origin origin = Origin.of(
                place.topic(),
                place.partition(),
                place.offset(),
                Optional.ofNullable(place.sourceRawKey()),
                Optional.of(place.sourceRawValue()));
        LOG.errorf(failure, "%s-%d at %d could not be processed", origin.topic(), origin.partition(), origin.offset());
        final DeadLetter letter = target.setAside(
                origin, "", "processing failed: " + failure.getClass().getSimpleName());
        final byte[] key = letter.key().orElse("").getBytes(StandardCharsets.UTF_8);
        return Response.resume(List.of(new ProducerRecord<>(target.topic(), key, target.write(letter))));
    }
}
