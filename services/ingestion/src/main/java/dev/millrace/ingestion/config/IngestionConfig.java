package dev.millrace.ingestion.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
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

    @WithDefault("67108864")
    @Min(1 << 20)
    @Max(1 << 30)
    int maxInFlightBytes();

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

    /** Kafka's codecs. */
    enum Compression {
        NONE,
        GZIP,
        SNAPPY,
        LZ4,
        ZSTD
    }
}
