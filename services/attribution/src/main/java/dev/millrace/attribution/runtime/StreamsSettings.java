package dev.millrace.attribution.runtime;

import dev.millrace.attribution.config.AttributionConfig;
import dev.millrace.attribution.join.store.WaitingStores;
import dev.millrace.events.topic.Topics;
import dev.millrace.service.kafka.KafkaConfig;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Kafka's settings from this service's keys. */
public final class StreamsSettings {
    private static final Set<String> RESERVED = Set.of(
            StreamsConfig.APPLICATION_ID_CONFIG,
            StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
            StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
            StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG);

    private final AttributionConfig attribution;
    private final KafkaConfig kafka;

    /**
     * Settings from keys.
     *
     * @throws IllegalArgumentException when a passed-through property would undo what this service promises
     */
    public StreamsSettings(AttributionConfig attribution, KafkaConfig kafka) {
        final Set<String> refused = new TreeSet<>(kafka.properties().keySet());
        refused.retainAll(RESERVED);
        if (!refused.isEmpty()) {
            throw new IllegalArgumentException("millrace.kafka.properties must not set " + refused);
        }
        this.attribution = attribution;
        this.kafka = kafka;
    }

    /** Installations that share a broker differ by prefix, so their groups and internal topics do too. */
    String applicationId() {
        return kafka.topicPrefix().orElse("") + attribution.applicationId();
    }

    /** Whether a restart, if it is short, costs no rebalance: then this member must not leave its group with its process. */
    boolean isStaticMember() {
        return kafka.properties().containsKey(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    }

    /** The topics that keep the state, as Kafka Streams names them. */
    List<String> changelogs() {
        return WaitingStores.names().stream()
                .map(store -> applicationId() + "-" + store + "-changelog")
                .toList();
    }

    Properties streams(Topics topics, Map<String, Object> required) {
        final int largest = Math.max(topics.deadLetters().maxMessageBytes(), 3 << 20);
        final long session = attribution.sessionTimeout().toMillis();
        final Properties settings = new Properties();
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, attribution.threads());
        settings.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                attribution.commitInterval().toMillis());
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, attribution.replicationFactor());
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), largest);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), (int) session);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), (int) (session / 4));
        attribution.stateDir().ifPresent(folder -> settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString()));
        settings.putAll(kafka.properties());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId());
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.putAll(required);
        return settings;
    }

    Properties admin() {
        final Properties settings = new Properties();
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.putAll(kafka.properties());
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        return settings;
    }
}
