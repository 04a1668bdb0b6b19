package dev.millrace.encoder.config;

import dev.millrace.encoder.versions.spaces.KnownSpaces;
import dev.millrace.service.range.Within;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Indexes of older versions that are searched on. */
public interface SpacesConfig {
    @WithDefault("4")
    @Within("0 .. 64")
    int most();

    @WithDefault("PT30S")
    @Within("50 ms .. 1 h")
    Duration refreshInterval();

    @WithDefault("0.6")
    @Within("0 .. 1")
    double leastRecall();

    /** A model is waited for as long as one that is loaded. */
    default KnownSpaces.Limits limits(Duration patience) {
        return new KnownSpaces.Limits(most(), refreshInterval(), patience);
    }
}
