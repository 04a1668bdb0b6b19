package dev.millrace.encoder;

import dev.millrace.encoder.config.AnnouncementsConfig;
import dev.millrace.encoder.versions.follow.CheckpointListener;
import dev.millrace.events.topic.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** How announcements are reached, where a broker is configured at all. */
final class Announcements {
    private Announcements() {}

    static Optional<CheckpointListener> listener(
            AnnouncementsConfig kafka, String channel, Runnable wake, EncoderMetrics metrics) {
        final String topic =
                new Topics(kafka.topicPrefix().orElse("")).checkpoints().name();
        return kafka.bootstrapServers()
                .map(servers -> new CheckpointListener(
                        () -> new KafkaConsumer<>(
                                settings(servers, kafka), new StringDeserializer(), new ByteArrayDeserializer()),
                        topic,
                        channel,
                        wake,
                        metrics));
    }

    private static Map<String, Object> settings(String servers, AnnouncementsConfig kafka) {
        final Map<String, Object> settings = new HashMap<>(kafka.properties());
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return settings;
    }
}
