package dev.millrace.attribution.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.service.kafka.KafkaConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {
    private static final String PREFIX = "millrace.attribution.";

    @Test
    void defaults() {
        // When
        final AttributionConfig config = Configs.attribution(Map.of());

        // Then
        assertThat(config.window()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.punctuationInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.quietAfter()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.settlingTime()).isEqualTo(Duration.ofMinutes(6));
        assertThat(config.maxResults()).isEqualTo(50);
        assertThat(config.maxNegatives()).isEqualTo(8);
        assertThat(config.propensityEta()).isEqualTo(1.0);
        assertThat(config.maxWeight()).isEqualTo(10.0);
        assertThat(config.minDwell()).isEqualTo(Duration.ZERO);
        assertThat(config.maxOpen()).isEqualTo(50_000);
        assertThat(config.threads()).isEqualTo(1);
        assertThat(config.commitInterval()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.sessionTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.replicationFactor()).isEqualTo(-1);
        assertThat(config.applicationId()).isEqualTo("millrace-attribution");
        assertThat(config.stateDir()).isEmpty();
    }

    @Test
    void keysAreMapped() {
        // When
        final AttributionConfig config = Configs.attribution(
                Map.of(PREFIX + "window", "PT3S", PREFIX + "max-weight", "2.5", PREFIX + "state-dir", "target/state"));

        // Then
        assertThat(config.window()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.maxWeight()).isEqualTo(2.5);
        assertThat(config.stateDir()).contains(Path.of("target/state"));
    }

    @Test
    void kafkaPropertiesArePassedThroughByTheirOwnNames() {
        // When
        final KafkaConfig config = Configs.kafka(Map.of("millrace.kafka.properties.\"security.protocol\"", "SASL_SSL"));

        // Then
        assertThat(config.properties()).containsExactly(Map.entry("security.protocol", "SASL_SSL"));
        assertThat(config.topicPrefix()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "window, PT0.09S",
        "window, PT24H1S",
        "punctuation-interval, PT0.01S",
        "quiet-after, PT11M",
        "settling-time, PT61M",
        "max-results, 0",
        "max-results, 201",
        "max-negatives, -1",
        "max-negatives, 17",
        "propensity-eta, -0.1",
        "propensity-eta, 4.1",
        "propensity-eta, NaN",
        "max-weight, 0",
        "max-weight, 101",
        "max-weight, NaN",
        "min-dwell, PT-1S",
        "max-open, 0",
        "threads, 17",
        "commit-interval, PT1M",
        "session-timeout, PT0.05S",
        "replication-factor, 0",
        "replication-factor, 10",
        "application-id, with space"
    })
    void valuesOutOfRangeAreRefusedByKey(String key, String value) {
        assertThatThrownBy(() -> Configs.attribution(Map.of(PREFIX + key, value)))
                .hasMessageContaining(PREFIX + key);
    }

    @Test
    void unknownKeysAreRefused() {
        assertThatThrownBy(() -> Configs.attribution(Map.of(PREFIX + "windw", "PT1S")))
                .hasMessageContaining("millrace.attribution.windw");
    }
}
