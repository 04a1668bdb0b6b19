package dev.millrace.attribution.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.attribution.config.AttributionConfig;
import dev.millrace.attribution.config.Configs;
import dev.millrace.events.topic.Topics;
import dev.millrace.service.kafka.KafkaConfig;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsSettingsTest {
    private static final AttributionConfig DEFAULTS = Configs.attribution(Map.of());

    @Test
    void isExactlyOnceUnderTheInstallationsOwnName() {
        // Given
        final KafkaConfig kafka = Configs.kafka(Map.of("millrace.kafka.topic-prefix", "eu."));

        // When
        final Properties settings = new StreamsSettings(DEFAULTS, kafka).streams(new Topics("eu."), Map.of());

        // Then
        assertThat(settings)
                .containsEntry(StreamsConfig.APPLICATION_ID_CONFIG, "eu.millrace-attribution")
                .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2)
                .containsEntry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 500L)
                .containsEntry(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
        assertThat(new StreamsConfig(settings).getLong(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG))
                .isEqualTo(500L);
    }

    @Test
    void aRecordOfTheLargestTopicCanBeSent() {
        // Given
        final Topics topics = new Topics("");

        // When
        final Properties settings = new StreamsSettings(DEFAULTS, Configs.kafka(Map.of())).streams(topics, Map.of());

        // Then
        assertThat((Integer) settings.get("producer.max.request.size"))
                .isGreaterThanOrEqualTo(topics.deadLetters().maxMessageBytes());
    }

    @Test
    void securityIsPassedOnToEveryClient() {
        // Given
        final KafkaConfig kafka = Configs.kafka(Map.of("millrace.kafka.properties.\"security.protocol\"", "SASL_SSL"));

        // When
        final StreamsSettings settings = new StreamsSettings(DEFAULTS, kafka);

        // Then
        assertThat(settings.streams(new Topics(""), Map.of())).containsEntry("security.protocol", "SASL_SSL");
        assertThat(settings.admin()).containsEntry("security.protocol", "SASL_SSL");
    }

    @Test
    void whatThePromiseRestsOnCannotBeOverridden() {
        // Given
        final KafkaConfig kafka =
                Configs.kafka(Map.of("millrace.kafka.properties.\"processing.guarantee\"", "at_least_once"));

        // When
        assertThatThrownBy(() -> new StreamsSettings(DEFAULTS, kafka))
                // Then
                .hasMessageContaining("processing.guarantee");
    }

    @Test
    void anInstancesNameMakesEveryStreamThreadAStaticMember() {
        // Given
        final KafkaConfig kafka =
                Configs.kafka(Map.of("millrace.kafka.properties.\"group.instance.id\"", "mill-attribution-0"));

        // When
        final StreamsSettings settings = new StreamsSettings(DEFAULTS, kafka);

        // Then
        final Map<String, Object> consumer = new StreamsConfig(settings.streams(new Topics(""), Map.of()))
                .getMainConsumerConfigs("group", "client", 1);
        assertThat(consumer).containsEntry("group.instance.id", "mill-attribution-0-1");
        assertThat(settings.isStaticMember()).isTrue();
        assertThat(new StreamsSettings(DEFAULTS, Configs.kafka(Map.of())).isStaticMember())
                .isFalse();
    }
}
