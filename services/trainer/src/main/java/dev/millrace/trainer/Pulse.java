package dev.millrace.trainer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Whether the trainer's thread comes by: a call into libtorch or a client that never returns throws nothing. */
final class Pulse {
    private final Duration limit;
    private final InstantSource clock;
    private volatile Instant latest;

    /** @param limit beyond any step, download or mining that ends */
    Pulse(Duration limit, InstantSource clock) {
        this.limit = limit;
        this.clock = clock;
        latest = clock.instant();
    }

    void beat() {
        latest = clock.instant();
    }

    /** How long ago the last beat was, when that is longer than the limit. */
    Optional<Duration> missed() {
        return Optional.of(Duration.between(latest, clock.instant())).filter(quiet -> quiet.compareTo(limit) > 0);
    }
}
