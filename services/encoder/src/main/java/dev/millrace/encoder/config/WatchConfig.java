package dev.millrace.encoder.config;

import dev.millrace.encoder.serving.TrackRecord;
import dev.millrace.encoder.versions.watch.WatchBounds;
import dev.millrace.service.range.Within;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How much worse than the version before it a promoted one may do before it is rolled back. */
public interface WatchConfig {
    @WithDefault("true")
    boolean enabled();

    @WithDefault("0.02")
    @Within("0.001 .. 1")
    double errorRise();

    @WithDefault("2")
    @Within("1.1 .. 1000")
    double latencyFactor();

    @WithDefault("200")
    @Within("20 .. " + TrackRecord.REQUESTS)
    int minRequests();

    @WithDefault("PT5M")
    @Within("1 s .. 24 h")
    Duration window();

    @WithDefault("PT30S")
    @Within("1 s .. 1 h")
    Duration passLimit();

    /** Empty when nothing is to be rolled back. */
    default Optional<WatchBounds> bounds() {
        return enabled()
                ? Optional.of(new WatchBounds(errorRise(), latencyFactor(), passLimit(), minRequests(), window()))
                : Optional.empty();
    }
}
