package dev.millrace.encoder.config;

import dev.millrace.encoder.serving.TrackRecord;
import dev.millrace.encoder.versions.watch.WatchBounds;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How much worse than the version before it a promoted one may do before it is rolled back. */
public interface WatchConfig {
    @WithDefault("true")
    boolean enabled();

    @WithDefault("0.02")
    @DecimalMin("0.001")
    @DecimalMax("1")
    double errorRise();

    @WithDefault("2")
    @DecimalMin("1.1")
    @DecimalMax("1000")
    double latencyFactor();

    @WithDefault("200")
    @Min(20)
    @Max(TrackRecord.REQUESTS)
    int minRequests();

    @WithDefault("PT5M")
    @DurationMin(seconds = 1)
    @DurationMax(hours = 24)
    Duration window();

    @WithDefault("PT30S")
    @DurationMin(seconds = 1)
    @DurationMax(hours = 1)
    Duration passLimit();

    /** Empty when nothing is to be rolled back. */
    default Optional<WatchBounds> bounds() {
        return enabled()
                ? Optional.of(new WatchBounds(errorRise(), latencyFactor(), passLimit(), minRequests(), window()))
                : Optional.empty();
    }
}
