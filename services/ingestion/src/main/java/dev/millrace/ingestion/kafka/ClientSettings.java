package dev.millrace.ingestion.kafka;

import dev.millrace.events.record.Limits;
import dev.millrace.ingestion.config.IngestionConfig;
import dev.millrace.ingestion.config.KafkaConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The Kafka clients' settings. What delivery rests on is put last, so that nothing configured can take it away. */
final class ClientSettings {
    private static final int ENVELOPE_BYTES = 32 << 10;

    private ClientSettings() {}

    static Map<String, Object> producer(KafkaConfig kafka, IngestionConfig ingestion) {
        final Map<String, Object> settings = common(kafka);
        final Duration request = ingestion.ackTimeout().dividedBy(2);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5);
        settings.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        settings.put(
                ProducerConfig.LINGER_MS_CONFIG, Math.min(ingestion.linger().toMillis(), request.toMillis()));
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(request));
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(ingestion.ackTimeout()));
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, ingestion.ackTimeout().toMillis());
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Limits.VALUE_BYTES + ENVELOPE_BYTES);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * ingestion.maxInFlightBytes());
        settings.put(
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                ingestion.compression().name().toLowerCase(Locale.ROOT));
        return settings;
    }

    static Map<String, Object> probe(KafkaConfig kafka, Duration timeout) {
        final Map<String, Object> settings = common(kafka);
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, millis(timeout));
        settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, millis(timeout));
        return settings;
    }

    private static Map<String, Object> common(KafkaConfig kafka) {
        final Map<String, Object> settings = new HashMap<>(kafka.properties());
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "millrace-ingestion");
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, "1000");
        return settings;
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
