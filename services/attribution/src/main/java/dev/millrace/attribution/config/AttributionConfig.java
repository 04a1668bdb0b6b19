package dev.millrace.attribution.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How clicks become pairs, and how the join runs; the README's table explains every key. */
@ConfigMapping(prefix = "millrace.attribution")
public interface AttributionConfig {
    @WithDefault("PT10M")
    @DurationMin(millis = 100)
    @DurationMax(hours = 24)
    Duration window();

    @WithDefault("PT1S")
    @DurationMin(millis = 50)
    @DurationMax(minutes = 1)
    Duration punctuationInterval();

    @WithDefault("PT5S")
    @DurationMin
    @DurationMax(minutes = 10)
    Duration quietAfter();

    /** By default longer than the five minutes after which every client of Kafka has looked for partitions. */
    @WithDefault("PT6M")
    @DurationMin
    @DurationMax(hours = 1)
    Duration settlingTime();

    @WithDefault("50")
    @Min(1)
    @Max(200)
    int maxResults();

    /** With 16 the longest texts still make a pair within the contract's largest value. */
    @WithDefault("8")
    @Min(0)
    @Max(16)
    int maxNegatives();

    @WithDefault("1.0")
    @DecimalMin("0")
    @DecimalMax("4")
    double propensityEta();

    @WithDefault("10")
    @DecimalMin("0.01")
    @DecimalMax("100")
    double maxWeight();

    @WithDefault("PT0S")
    @DurationMin
    @DurationMax(hours = 1)
    Duration minDwell();

    @WithDefault("50000")
    @Min(1)
    @Max(10_000_000)
    int maxOpen();

    /** Absent: a third of the heap. */
    Optional<@Min(1 << 20) @Max(1L << 40) Long> maxOpenBytes();

    @WithDefault("1")
    @Min(1)
    @Max(16)
    int threads();

    @WithDefault("PT0.5S")
    @DurationMin(millis = 10)
    @DurationMax(seconds = 5)
    Duration commitInterval();

    @WithDefault("PT10S")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 5)
    Duration sessionTimeout();

    @WithDefault("-1")
    @Min(-1)
    @Max(9)
    int replicationFactor();

    @WithDefault("millrace-attribution")
    @Pattern(regexp = "[a-zA-Z0-9._-]{1,100}")
    String applicationId();

    Optional<Path> stateDir();

    /** For how long the broker may be away until the service says that it is not ready; no restart would bring it back. */
    @WithDefault("PT2M")
    @DurationMin
    @DurationMax(hours = 1)
    Duration outageGrace();

    /** What waits in all partitions of this process, in bytes. */
    default long openBytes() {
        return maxOpenBytes()
                .orElseGet(() -> Math.max(1 << 20, Runtime.getRuntime().maxMemory() / 3));
    }

    @AssertTrue(message = "millrace.attribution.replication-factor must be -1 (the broker's default) or 1 to 9")
    default boolean isReplicationFactorPossible() {
        return replicationFactor() != 0;
    }
}
