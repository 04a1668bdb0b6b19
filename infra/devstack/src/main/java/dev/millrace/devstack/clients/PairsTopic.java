package dev.millrace.devstack.clients;

import dev.millrace.events.json.Decoded;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Pair;
import dev.millrace.events.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the topic of pairs from its beginning to the end that it has now. */
public final class PairsTopic {
    private static final String NAME = new Topics("").pairs().name();

    private PairsTopic() {}

    /**
     * One record of the topic, in the order of its partition.
     *
     * @param partition as manifests name it, {@code pairs-0}
     * @param id of the pair; empty when the record is none
     */
    public record Place(String partition, long offset, Optional<String> id) {}

    /** All committed records. */
    public static List<Place> places(String bootstrapServers) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrapServers)) {
            List<TopicPartition> partitions = partitions(consumer);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<Place> places = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    places.add(place(record));
                }
            }
            return places;
        }
    }

    /** The ids of all pairs, repeats included. */
    public static List<String> ids(String bootstrapServers) {
        return places(bootstrapServers).stream()
                .map(Place::id)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Place place(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = Optional.ofNullable(record.value()).orElseGet(() -> new byte[0]);
        Decoded<Pair> decoded = EventJson.timely(EventJson.readPair(value), Instant.ofEpochMilli(record.timestamp()));
        Optional<String> id = decoded instanceof Decoded.Valid<Pair> valid
                ? Optional.of(valid.event().id())
                : Optional.empty();
        return new Place(record.topic() + "-" + record.partition(), record.offset(), id);
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        return consumer.partitionsFor(NAME).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
