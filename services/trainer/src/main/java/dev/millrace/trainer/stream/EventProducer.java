package dev.millrace.trainer.stream;

import dev.millrace.events.CheckpointEvent;
import dev.millrace.events.DeadLetter;
import dev.millrace.events.EventJson;
import dev.millrace.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** What the trainer tells others: dead letters and moved channels. Each is acknowledged before the caller goes on. */
public final class EventProducer implements AutoCloseable {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final Producer<byte[], byte[]> producer;
    private final Topics topics;

    /** Takes over the producer. */
    public EventProducer(Producer<byte[], byte[]> producer, Topics topics) {
        this.producer = producer;
        this.topics = topics;
    }

    /** Keeps a record that is no pair, with the reason. */
    public void deadLetter(DeadLetter letter) {
        send(topics.deadLetters().name(), letter.key().orElse(""), EventJson.write(letter));
    }

    /** Tells encoders that a channel moved; the bucket stays the truth. */
    public void announce(CheckpointEvent event) {
        send(topics.checkpoints().name(), event.channel(), EventJson.write(event));
    }

    private void send(String topic, String key, byte[] value) {
        try {
            producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value))
                    .get();
        } catch (ExecutionException e) {
            throw new KafkaException("not acknowledged by topic " + topic, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted before topic " + topic + " acknowledged", e);
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_WITHIN);
    }
}
