package dev.millrace.trainer.stream;

import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.CheckpointEvent;
import dev.millrace.events.record.DeadLetter;
import dev.millrace.events.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * What the trainer tells others: dead letters and moved channels. An announcement is acknowledged when {@link #announce} returns.
 * Letters are only sent by {@link #send}, so that a flood of them is as fast as the broker; {@link #awaitKept} returns when all are
 * acknowledged. What kept a letter from it is thrown once, by whichever of the two is called next. Those under way are bounded by the
 * producer's buffer, and send waits for a place in it.
 */
public final class EventProducer implements DeadLetters, AutoCloseable {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final Producer<byte[], byte[]> producer;
    private final Topics topics;
    private final AtomicReference<Optional<Exception>> failure = new AtomicReference<>(Optional.empty());

    /** Takes over the producer. */
    public EventProducer(Producer<byte[], byte[]> producer, Topics topics) {
        this.producer = producer;
        this.topics = topics;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears all that the future would tell
    public void send(DeadLetter letter) {
        throwFailure();
        producer.send(
                record(topics.deadLetters().name(), letter.key().orElse(""), EventJson.write(letter)),
                (place, cause) -> Optional.ofNullable(cause).ifPresent(failed -> failure.set(Optional.of(failed))));
    }

    @Override
    public void awaitKept() {
        try {
            producer.flush();
        } catch (InterruptException e) {
            throw new KafkaException("interrupted before every dead letter was acknowledged", e);
        }
        throwFailure();
    }

    private void throwFailure() {
        failure.getAndSet(Optional.empty()).ifPresent(cause -> {
            throw new KafkaException("a dead letter was not acknowledged", cause);
        });
    }

    /** Tells encoders that a channel moved; the bucket stays the truth. */
    public void announce(CheckpointEvent event) {
        String topic = topics.checkpoints().name();
        try {
            producer.send(record(topic, event.channel(), EventJson.write(event)))
                    .get();
        } catch (ExecutionException e) {
            throw new KafkaException("not acknowledged by topic " + topic, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted before topic " + topic + " acknowledged", e);
        }
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, String key, byte[] value) {
        return new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value);
    }

    @Override
    public void close() {
        producer.close(CLOSE_WITHIN);
    }
}
