package dev.millrace.attribution.config;

import dev.millrace.service.range.Within;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How clicks become pairs, and how the join runs; the README's table explains every key. */
@ConfigMapping(prefix = "millrace.attribution")
public interface AttributionConfig {
    @WithDefault("PT10M")
    @Within("100 ms .. 24 h")
    Duration window();

    @WithDefault("PT1S")
    @Within("50 ms .. 1 min")
    Duration punctuationInterval();

    @WithDefault("PT5S")
    @Within("0 .. 10 min")
    Duration quietAfter();

    /** By default longer than the five minutes after which every client of Kafka has looked for partitions. */
    @WithDefault("PT6M")
    @Within("0 .. 1 h")
    Duration settlingTime();

    @WithDefault("50")
    @Within("1 .. 200")
    int maxResults();

    /** With 16 the longest texts still make a pair within the contract's largest value. */
    @WithDefault("8")
    @Within("0 .. 16")
    int maxNegatives();

    @WithDefault("1.0")
    @Within("0 .. 4")
    double propensityEta();

    @WithDefault("10")
    @Within("0.01 .. 100")
    double maxWeight();

    @WithDefault("PT0S")
    @Within("0 .. 1 h")
    Duration minDwell();

    @WithDefault("50000")
    @Within("1 .. 10000000")
    int maxOpen();

    /** Absent: a third of the heap. */
    Optional<@Within("1048576 .. 1099511627776") Long> maxOpenBytes();

    @WithDefault("1")
    @Within("1 .. 16")
    int threads();

    @WithDefault("PT0.5S")
    @Within("10 ms .. 5 s")
    Duration commitInterval();

    @WithDefault("PT10S")
    @Within("100 ms .. 5 min")
    Duration sessionTimeout();

    @WithDefault("-1")
    @Within("-1 .. 9")
    int replicationFactor();

    @WithDefault("millrace-attribution")
    @Pattern(regexp = "[a-zA-Z0-9._-]{1,100}")
    String applicationId();

    Optional<Path> stateDir();

    /** For how long the broker may be away until the service says that it is not ready; no restart would bring it back. */
    @WithDefault("PT2M")
    @Within("0 .. 1 h")
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
