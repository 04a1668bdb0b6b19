package dev.millrace.admin.redrive;

import dev.millrace.admin.connection.Broker;
import dev.millrace.admin.stream.TopicReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;

/**
 * Puts records back to their topic, each with a header that says where it comes from. That header is all there is to know what
 * was put back before: it is written with the record or not at all.
 */
final class RedriveProducer implements AutoCloseable {
    /** Names the place of the dead letter's record, such as {@code pairs-0@123}, or the SHA-256 of a file's line. */
    static final String HEADER = "millrace-redriven";

    /** A dead letter is stamped by a trainer's clock, what was put back by an operator's. */
    private static final Duration CLOCKS_DIFFER_BY = Duration.ofHours(1);

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final AtomicReference<Optional<Exception>> failure = new AtomicReference<>(Optional.empty());

    RedriveProducer(Broker broker, String topic) {
        this.producer = broker.producer();
        this.topic = topic;
    }

    /** The headers of all that was put back; {@code since}: nothing was put back before, empty: look from the beginning. */
    static Set<String> before(Broker broker, String topic, Optional<Instant> since) {
        Set<String> marks = new HashSet<>();
        // Behind an open transaction too: what is put back is in none.
        try (TopicReader reader = broker.reader(topic, IsolationLevel.READ_UNCOMMITTED)) {
            since.ifPresent(instant ->
                    reader.skipTo(Math.max(0, instant.minus(CLOCKS_DIFFER_BY).toEpochMilli())));
            reader.read(record -> Optional.ofNullable(record.headers().lastHeader(HEADER))
                    .ifPresent(header -> marks.add(new String(header.value(), StandardCharsets.UTF_8))));
        }
        return marks;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears all that the future would tell
    void put(String mark, String key, byte[] value) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value);
        record.headers().add(HEADER, mark.getBytes(StandardCharsets.UTF_8));
        producer.send(record, (place, cause) -> Optional.ofNullable(cause)
                .ifPresent(failed -> failure.set(Optional.of(failed))));
        throwFailure();
    }

    /** Waits until the broker has all of them. */
    void flush() {
        producer.flush();
        throwFailure();
    }

    private void throwFailure() {
        failure.get().ifPresent(cause -> {
            throw new KafkaException("not all of them were put back; run it again, it goes on with the rest", cause);
        });
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
