package dev.millrace.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.encoder.config.AnnouncementsConfig;
import dev.millrace.encoder.config.BucketConfig;
import dev.millrace.encoder.config.EncoderConfig;
import dev.millrace.encoder.versions.watch.WatchBounds;
import dev.millrace.service.access.HttpConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigRefusalTest {
    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();
    private static final Map<String, String> NEEDED = Map.of(
            "millrace.encoder.cache-dir", "cache",
            "millrace.s3.endpoint", "http://127.0.0.1:9000",
            "millrace.s3.access-key", "user",
            "millrace.s3.secret-key", "secret");

    @Test
    void defaultsAreTheReadmes() {
        // When
        final EncoderConfig config = read(Map.of()).getConfigMapping(EncoderConfig.class);

        // Then
        assertThat(config.channel()).isEqualTo("stable");
        assertThat(config.pollInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.cacheDir()).isEqualTo(Path.of("cache"));
        assertThat(config.precision()).isEqualTo(EncoderConfig.Precision.AUTO);
        assertThat(config.device()).isEqualTo("cpu");
        assertThat(config.threads()).isZero();
        assertThat(config.maxBatch()).isEqualTo(2048);
        assertThat(config.queueTokens()).isEqualTo(1_000_000);
        assertThat(config.batchTokens()).isEqualTo(8192);
        assertThat(config.deadline()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.bodiesInMemory().asLongValue()).isEqualTo(32L << 20);
        assertThat(config.stallLimit()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.maxPinned()).isEqualTo(1);
        assertThat(config.pinnedIdle()).isEqualTo(Duration.ofMinutes(15));
        assertThat(config.aliases()).isEmpty();
        assertThat(config.watch().bounds())
                .contains(new WatchBounds(0.02, 2, Duration.ofSeconds(30), 200, Duration.ofMinutes(5)));
    }

    @ParameterizedTest
    @CsvSource({
        "millrace.encoder.channel, Stable!",
        "millrace.encoder.poll-interval, PT0S",
        "millrace.encoder.poll-interval, soon",
        "millrace.encoder.precision, fp8",
        "millrace.encoder.device, tpu",
        "millrace.encoder.threads, -1",
        "millrace.encoder.max-batch, 0",
        "millrace.encoder.max-batch, 2049",
        "millrace.encoder.max-chars, 8192",
        "millrace.encoder.queue-tokens, 1000",
        "millrace.encoder.queue, 4096",
        "millrace.encoder.batch-tokens, 1",
        "millrace.encoder.deadline, PT11M",
        "millrace.encoder.bodies-in-memory, many",
        "millrace.encoder.stall-limit, PT0S",
        "millrace.encoder.max-pinned, 17",
        "millrace.encoder.pinned-idle, PT0S",
        "millrace.encoder.watch.error-rise, 0",
        "millrace.encoder.watch.latency-factor, 1",
        "millrace.encoder.watch.min-requests, 2000",
        "millrace.encoder.watch.window, PT0S",
        "millrace.encoder.watch.windows, PT1S",
        "millrace.encoder.max-bach, 8",
        "millrace.kafka.bootstrap-servers, ' '",
        "millrace.kafka.topic-prefix, a b",
        "millrace.s3.endpont, http://x",
        "millrace.http.token, ' '",
    })
    void aBadValueOrKeyIsRefusedByName(String key, String value) {
        assertThatThrownBy(() -> read(Map.of(key, value))).hasMessageContaining(key);
    }

    @Test
    void aPrecisionThatTheDeviceLacksIsRefusedByName() {
        // Given
        final EncoderConfig config = read(Map.of(
                        "millrace.encoder.precision", "int8", "millrace.encoder.device", "cuda"))
                .getConfigMapping(EncoderConfig.class);

        // When
        final Throwable refusal = catchThrowable(() -> EncoderModel.options(config));

        // Then
        assertThat(refusal).hasMessageContaining("millrace.encoder.precision").hasMessageContaining("cuda");
    }

    @Test
    void whatIsNeededAndMissingIsNamed() {
        // Given
        final Map<String, String> keys = new HashMap<>(NEEDED);
        keys.remove("millrace.s3.secret-key");

        // When, Then
        assertThatThrownBy(() -> build(keys)).hasMessageContaining("millrace.s3.secret-key");
    }

    private static SmallRyeConfig read(Map<String, String> more) {
        final Map<String, String> keys = new HashMap<>(NEEDED);
        keys.putAll(more);
        return build(keys);
    }

    private static SmallRyeConfig build(Map<String, String> keys) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(keys, "test", 100))
                .withMapping(EncoderConfig.class)
                .withMapping(HttpConfig.class)
                .withMapping(AnnouncementsConfig.class)
                .withMapping(BucketConfig.class)
                .withValidator((BeanValidationConfigValidator) () -> VALIDATOR)
                .build();
    }
}
