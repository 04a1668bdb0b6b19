package dev.millrace.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.trainer.config.TrainerConfig;
import dev.millrace.trainer.testing.Configs;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigRefusalTest {
    @Test
    void defaultsAreTheReadmes() {
        // When
        TrainerConfig config = Configs.read(Map.of()).getConfigMapping(TrainerConfig.class);

        // Then
        assertThat(config.baseModel()).isEmpty();
        assertThat(config.group()).isEqualTo("millrace-trainer");
        assertThat(config.windowPairs()).isEqualTo(1024);
        assertThat(config.windowTime()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.channel()).isEqualTo("stable");
        assertThat(config.keepVersions()).isEqualTo(8);
        assertThat(config.retentionTime()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.device()).isEqualTo("cpu");
        assertThat(config.precision()).isEqualTo("auto");
        assertThat(config.threads()).isZero();
        assertThat(config.tokenBudget()).isEqualTo(5120);
        assertThat(config.shutdownGrace()).isEqualTo(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @CsvSource({
        "millrace.trainer.group, ' ', blank",
        "millrace.trainer.window-pairs, 0, must lie in 1 ..",
        "millrace.trainer.window-pairs, 1000001, .. 1000000 and is 1000001",
        "millrace.trainer.window-time, PT0.05S, 100",
        "millrace.trainer.window-time, soon, soon",
        "millrace.trainer.channel, Stable!, match",
        "millrace.trainer.keep-versions, 0, must lie in 1 ..",
        "millrace.trainer.retention-time, PT-1S, must lie in 0 .. 720 h and is PT-1S",
        "millrace.trainer.retention-time, P31D, must lie in 0 .. 720 h",
        "millrace.trainer.device, tpu, cuda",
        "millrace.trainer.precision, fp8, auto|fp32|bf16",
        "millrace.trainer.threads, 257, .. 256 and is 257",
        "millrace.trainer.token-budget, 15, must lie in 16 ..",
        "millrace.trainer.shutdown-grace, PT2H, 1",
        "millrace.trainer.stall-limit, PT1S, 10",
        "millrace.learning.preset, searching, search|faq",
        "millrace.learning.temperature, 0, 0.001",
        "millrace.learning.batch-pairs, 1, must lie in 2 ..",
        "millrace.learning.replay-share, 0.96, 0.95",
        "millrace.learning.learning-rate, 0, 0.00000001",
        "millrace.learning.learning-rate, NaN, millrace.learning.learning-rate",
        "millrace.learning.schedule-steps, 0, must lie in 1 ..",
        "millrace.learning.schedule-floor, 0, 0.000001",
        "millrace.learning.schedule-floor, 1.1, 1",
        "millrace.learning.average-decay, 1, 0.999999",
        "millrace.learning.explosion-factor, 1, must lie in 2 ..",
        "millrace.learning.frozen-depth, -1, must lie in 0 ..",
        "millrace.learning.dropout, 1, 0.9",
        "millrace.learning.hard-negatives, 65, .. 64 and is 65",
        "millrace.learning.mining-ceiling, 1.1, 1",
        "millrace.learning.held-out-share, 0.6, 0.5",
        "millrace.gate.tolerance, -0.1, 0",
        "millrace.gate.min-held-out, 0, must lie in 1 ..",
        "millrace.gate.false-alarms, 0, 0.0001",
        "millrace.gate.false-alarms, 0.6, 0.5",
        "millrace.gate.drift, 2.1, 2",
        "millrace.gate.collapse, 1.1, 1",
        "millrace.gate.alignment, -0.1, 0",
        "millrace.gate.latency-factor, 0.9, must lie in 1 ..",
        "millrace.trainer.candidate-channel, Candidate, match",
        "millrace.trainer.candidate-channel, stable, must be another than millrace.trainer.channel",
        "millrace.kafka.bootstrap-servers, ' ', blank",
        "millrace.kafka.topic-prefix, a b, match",
        "millrace.s3.region, ' ', blank",
        "millrace.http.token, ' ', white space",
    })
    void aBadValueIsRefusedByKeyAndRange(String key, String value, String range) {
        assertThatThrownBy(() -> Configs.read(Map.of(key, value)))
                .hasMessageContaining(key)
                .hasMessageContaining(range);
    }

    @ParameterizedTest
    @CsvSource({
        "millrace.trainer.window-pair",
        "millrace.learning.learning-rat",
        "millrace.gate.tolerence",
        "millrace.s3.endpont",
        "millrace.http.tokn",
        "millrace.kafka.bootstrap"
    })
    void anUnknownKeyIsRefused(String key) {
        assertThatThrownBy(() -> Configs.read(Map.of(key, "1"))).hasMessageContaining(key);
    }

    @ParameterizedTest
    @CsvSource({
        "millrace.kafka.bootstrap-servers",
        "millrace.trainer.work-dir",
        "millrace.s3.endpoint",
        "millrace.s3.access-key",
        "millrace.s3.secret-key"
    })
    void whatIsNeededAndMissingIsNamed(String key) {
        assertThatThrownBy(() -> Configs.build(Map.of())).hasMessageContaining(key);
    }
}
