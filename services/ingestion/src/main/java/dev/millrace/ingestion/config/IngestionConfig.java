package dev.millrace.ingestion.config;

import dev.millrace.service.range.Within;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How much is taken in at once and how long an acknowledgement may take. */
@ConfigMapping(prefix = "millrace.ingestion")
public interface IngestionConfig {
    @WithDefault("1000")
    @Within("1 .. 10000")
    int maxItems();

    /** UTF-16 units of one text: what a model reads is told by its own tokens. */
    @WithDefault("131072")
    @Within("256 .. 131072")
    int maxTextChars();

    @WithDefault("4")
    @Within("1 .. 64")
    int workers();

    @WithDefault("256")
    @Within("1 .. 10000")
    int queue();

    @WithDefault("20000")
    @Within("1 .. 1000000")
    int maxInFlight();

    /** Absent: an eighth of the heap. */
    Optional<@Within("1048576 .. 1073741824") Integer> maxInFlightBytes();

    /** Absent: a quarter of the heap. */
    Optional<@Within("1048576 .. 1099511627776") Long> maxUploadBytes();

    @WithDefault("PT30S")
    @Within("1 s .. 10 min")
    Duration uploadTimeout();

    @WithDefault("PT10S")
    @Within("100 ms .. 5 min")
    Duration ackTimeout();

    @WithDefault("PT0.005S")
    @Within("0 .. 1 s")
    Duration linger();

    @WithDefault("lz4")
    Compression compression();

    @WithDefault("PT1S")
    @Within("1 s .. 1 min")
    Duration retryAfter();

    @WithDefault("PT2S")
    @Within("100 ms .. 1 min")
    Duration probeInterval();

    /** How long a broker may be away until this endpoint is taken out: as long as that, callers are told to come again. */
    @WithDefault("PT2M")
    @Within("0 .. 1 h")
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
