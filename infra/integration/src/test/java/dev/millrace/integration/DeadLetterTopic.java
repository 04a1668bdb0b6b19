package dev.millrace.integration;

import dev.millrace.events.json.Decoded;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.DeadLetter;
import dev.millrace.events.topic.Topics;
import dev.millrace.integration.Flood.Fault;
import dev.millrace.integration.Flood.Place;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the dead letters that come from now on. */
final class DeadLetterTopic implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<Place, Fault> faults = new HashMap<>();
    private long letters;

    DeadLetterTopic(String kafka) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> all =
                List.of(new TopicPartition(new Topics("").deadLetters().name(), 0));
        consumer.assign(all);
        consumer.seekToEnd(all);
        // Seeking waits for the first poll; the end meant is the one now.
        all.forEach(consumer::position);
    }

    /** Reads on for a moment, and tells how many letters there are so far. */
    long read() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
            if (EventJson.readDeadLetter(record.value()) instanceof Decoded.Valid<DeadLetter> valid) {
                DeadLetter letter = valid.event();
                faults.put(
                        new Place(letter.topic(), letter.partition(), letter.offset()),
                        new Fault(letter.field().orElse(""), letter.reason()));
                letters++;
            }
        }
        return letters;
    }

    /** What the letters read so far say, by the place of the record they speak of. */
    Map<Place, Fault> faults() {
        return faults;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
