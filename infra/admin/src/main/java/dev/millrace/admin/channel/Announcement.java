package dev.millrace.admin.channel;

import dev.millrace.admin.connection.Broker;
import dev.millrace.admin.connection.ConnectionOptions;
import dev.millrace.admin.output.Causes;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.CheckpointEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * What became of telling the encoders that a channel moved. The bucket is the truth, so a broker that is not there delays them
 * to their next poll and is no failure.
 *
 * @param heard whether the broker took it
 * @param line what to tell a person
 */
public record Announcement(boolean heard, String line) {
    private static final String OTHERWISE = "not announced: encoders will see it at their next poll of the bucket";

    /** Tells them, waiting 15 s for the broker at most. */
    public static Announcement of(ConnectionOptions connection, String channel, String version, String space) {
        Optional<Broker> broker = connection.broker();
        if (broker.isEmpty()) {
            return new Announcement(false, OTHERWISE + " (no broker is named)");
        }
        CheckpointEvent event =
                new CheckpointEvent(channel, version, space, connection.clock().instant());
        try {
            send(broker.get(), event);
            return new Announcement(
                    true, "announced on " + broker.get().topics().checkpoints().name());
        } catch (KafkaException e) {
            return new Announcement(false, OTHERWISE + " (" + Causes.line(e) + ")");
        }
    }

    private static void send(Broker broker, CheckpointEvent event) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                broker.topics().checkpoints().name(),
                event.channel().getBytes(StandardCharsets.UTF_8),
                EventJson.write(event));
        Producer<byte[], byte[]> producer = broker.producer();
        try {
            producer.send(record).get();
        } catch (ExecutionException e) {
            throw new KafkaException("the broker did not take it", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted before the broker took it", e);
        } finally {
            producer.close(Duration.ZERO);
        }
    }
}
