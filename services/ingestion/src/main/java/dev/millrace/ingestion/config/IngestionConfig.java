package dev.millrace.ingestion.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How much is taken in at once and how long an acknowledgement may take. */
@ConfigMapping(prefix = "millrace.ingestion")
public interface IngestionConfig {
    @WithDefault("1000")
    @Min(1)
    @Max(10_000)
    int maxItems();

    @WithDefault("4")
    @Min(1)
    @Max(64)
    int workers();

    @WithDefault("256")
    @Min(1)
    @Max(10_000)
    int queue();

    @WithDefault("20000")
    @Min(1)
    @Max(1_000_000)
    int maxInFlight();

    /** Absent: an eighth of the heap. */
    Optional<@Min(1 << 20) @Max(1 << 30) Integer> maxInFlightBytes();

    /** Absent: a quarter of the heap. */
    Optional<@Min(1 << 20) @Max(1L << 40) Long> maxUploadBytes();

    @WithDefault("PT30S")
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 10)
    Duration uploadTimeout();

    @WithDefault("PT10S")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 5)
    Duration ackTimeout();

    @WithDefault("PT0.005S")
    @DurationMin
    @DurationMax(seconds = 1)
    Duration linger();

    @WithDefault("lz4")
    Compression compression();

    @WithDefault("PT1S")
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 1)
    Duration retryAfter();

    @WithDefault("PT2S")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 1)
    Duration probeInterval();

    /** How long a broker may be away until this endpoint is taken out: as long as that, callers are told to come again. */
    @WithDefault("PT2M")
    @DurationMin
    @DurationMax(hours = 1)
    Duration outageGrace();

    /** What waits for the broker, in bytes. */
    default long inFlightBytes() {
        return maxInFlightBytes()
                .map(Integer::longValue)
                .orElseGet(() -> Math.max(1 << 20, Runtime.getRuntime().maxMemory() / 8));
    }

    /** What is being uploaded or parsed, in bytes. */
    default long uploadBytes() {
        return maxUploadBytes()
                .orElseGet(() -> Math.max(1 << 20, Runtime.getRuntime().maxMemory() / 4));
    }

    /** Kafka's codecs. */
    enum Compression {
        NONE,
        GZIP,
        SNAPPY,
        LZ4,
        ZSTD
    }
}
