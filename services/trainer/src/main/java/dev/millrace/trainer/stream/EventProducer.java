package dev.millrace.trainer.stream;

import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.CheckpointEvent;
import dev.millrace.events.record.DeadLetter;
import dev.millrace.events.topic.TopicLimits;
import dev.millrace.events.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * What the trainer tells others: dead letters and moved channels. An announcement is acknowledged when {@link #announce} returns.
 * Letters are only sent by {@link #send}, so that a flood of them is as fast as the broker; {@link #awaitKept} returns when all are
 * acknowledged. What kept a letter from it is thrown once, by whichever of the two is called next. Those under way are bounded by the
 * producer's buffer, and send waits for a place in it. A letter is cut to what its topic takes, and cut again should the topic take less
 * than was known: a letter that is refused would stop whoever has to send it.
 */
public final class EventProducer implements DeadLetters, AutoCloseable {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    /** A letter without any of its value is smaller: a topic that does not take it takes none. */
    private static final int SMALLEST_CUT = 4 << 10;

    private final Producer<byte[], byte[]> producer;
    private final Topics topics;
    private final Supplier<TopicLimits> limits;
    private final AtomicReference<Optional<Exception>> failure = new AtomicReference<>(Optional.empty());
    private final Queue<Refused> refused = new ConcurrentLinkedQueue<>();

    /** Takes over the producer; {@code limits}: how large records the topics take, as newly as is known. */
    public EventProducer(Producer<byte[], byte[]> producer, Topics topics, Supplier<TopicLimits> limits) {
        this.producer = producer;
        this.topics = topics;
        this.limits = limits;
    }

    @Override
    public void send(DeadLetter letter) {
        throwFailure();
        sendSmaller();
        final String key = letter.key().orElse("");
        send(letter, limits.get().largestValue(topics.deadLetters(), key));
    }

    @Override
    public void awaitKept() {
        try {
            do {
                producer.flush();
            } while (sendSmaller());
        } catch (InterruptException e) {
            throw new KafkaException("interrupted before every dead letter was acknowledged", e);
        }
        throwFailure();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears all that the future would tell
    private void send(DeadLetter letter, int largest) {
        final byte[] json = EventJson.write(letter, largest);
        producer.send(
                record(topics.deadLetters().name(), letter.key().orElse(""), json),
                (place, cause) -> Optional.ofNullable(cause).ifPresent(failed -> {
                    if (failed instanceof RecordTooLargeException && json.length > SMALLEST_CUT) {
                        refused.add(new Refused(letter, json.length / 2));
                    } else {
                        failure.set(Optional.of(failed));
                    }
                }));
    }

    /** By the thread that sends, since the one that is told of a refusal must not wait for a place in the buffer. */
    private boolean sendSmaller() {
        boolean sent = false;
        for (Refused next = refused.poll(); next != null; next = refused.poll()) {
            send(next.letter(), next.largest());
            sent = true;
        }
        return sent;
    }

    /** A letter that its topic did not take, and what may be tried next, in bytes. */
    private record Refused(DeadLetter letter, int largest) {}

    private void throwFailure() {
        failure.getAndSet(Optional.empty()).ifPresent(cause -> {
            throw new KafkaException(
                    "a dead letter was not acknowledged by topic "
                            + topics.deadLetters().name(),
                    cause);
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
