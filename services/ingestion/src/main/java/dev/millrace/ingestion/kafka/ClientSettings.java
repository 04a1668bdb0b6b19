package dev.millrace.ingestion.kafka;

import dev.millrace.events.record.Limits;
import dev.millrace.ingestion.config.IngestionConfig;
import dev.millrace.service.kafka.KafkaConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The producer's settings. What delivery rests on is put last, so that nothing configured can take it away. */
final class ClientSettings {
    private static final int ENVELOPE_BYTES = 32 << 10;

    /** Batches that are not full take their whole size from the producer's buffer. */
    private static final long UNFILLED_BATCHES_BYTES = 16 << 20;

    private ClientSettings() {}

    static Map<String, Object> producer(KafkaConfig kafka, IngestionConfig ingestion) {
        final Map<String, Object> settings = new HashMap<>(kafka.properties());
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "millrace-ingestion");
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "1000");
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
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, ingestion.inFlightBytes() + UNFILLED_BATCHES_BYTES);
        settings.put(
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                ingestion.compression().name().toLowerCase(Locale.ROOT));
        return settings;
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
