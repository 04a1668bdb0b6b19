package dev.millrace.devstack.demo.stack;

import dev.millrace.events.topic.TopicSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the topic along, from its beginning; ingestion does not tell offsets, and freshness needs those of the marked pairs. */
public final class KafkaPairsLog implements PairsLog {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Place> places = new ConcurrentHashMap<>();
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Thread thread;

    public KafkaPairsLog(String bootstrapServers, TopicSpec pairs) {
        this.partitions = IntStream.range(0, pairs.partitions())
                .mapToObj(partition -> new TopicPartition(pairs.name(), partition))
                .toList();
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        this.thread = new Thread(this::read, "pairs-log");
    }

    public void start() {
        thread.start();
    }

    private void read() {
        try (consumer) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (true) {
                consumer.poll(POLL).forEach(this::seen);
            }
        } catch (WakeupException e) {
            // The only way out, asked for by close().
            return;
        }
    }

    private void seen(ConsumerRecord<String, byte[]> record) {
        places.put(record.key(), new Place(record.topic() + "-" + record.partition(), record.offset()));
    }

    /** Counts records, since offsets lie further apart: the end of a transaction takes one, too. */
    @Override
    public long beyond(Map<String, Long> learned) {
        return places.values().stream()
                .filter(place -> place.offset() >= learned.getOrDefault(place.partition(), 0L))
                .count();
    }

    @Override
    public Optional<Place> place(String id) {
        return Optional.ofNullable(places.get(id));
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
