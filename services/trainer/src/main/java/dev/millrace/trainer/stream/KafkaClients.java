package dev.millrace.trainer.stream;

import dev.millrace.events.topic.Topics;
import dev.millrace.service.kafka.KafkaConfig;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka clients set up for the trainer; what a user passes through comes first, what correctness rests on last. */
public final class KafkaClients {
    private static final int MAX_WINDOW_SECONDS = 3600;
    private static final int POLL_RECORDS = 1000;

    private KafkaClients() {}

    /** Never lets the broker choose where to read: a position that is not there is an error, not a jump. */
    public static KafkaConsumer<byte[], byte[]> consumer(KafkaConfig kafka, String group) {
        Map<String, Object> settings = reading(kafka, "none");
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, MAX_WINDOW_SECONDS * 1000);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** In no group, for a topic that does no harm when it is read again: where it was is gone, it begins anew. */
    public static KafkaConsumer<byte[], byte[]> reader(KafkaConfig kafka) {
        return new KafkaConsumer<>(
                reading(kafka, "earliest"), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Map<String, Object> reading(KafkaConfig kafka, String fromWhereThePositionIsGone) {
        Map<String, Object> settings = new HashMap<>(kafka.properties());
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, fromWhereThePositionIsGone);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS);
        return settings;
    }

    /** Acknowledged by all replicas, without repeats; takes the largest dead letter. */
    public static KafkaProducer<byte[], byte[]> producer(KafkaConfig kafka) {
        Map<String, Object> settings = new HashMap<>(kafka.properties());
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                new Topics("").deadLetters().maxMessageBytes());
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
