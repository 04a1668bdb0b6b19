package dev.millrace.trainer.status;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Whether the trainer's thread comes by: a call into libtorch or a client that never returns throws nothing. */
public final class Pulse {
    private final Duration limit;
    private final InstantSource clock;
    private volatile Instant latest;

    /** @param limit beyond any step, download or mining that ends */
    public Pulse(Duration limit, InstantSource clock) {
        this.limit = limit;
        this.clock = clock;
        latest = clock.instant();
    }

    public void beat() {
        latest = clock.instant();
    }

    /** How long ago the last beat was, when that is longer than the limit. */
    public Optional<Duration> missed() {
        return Optional.of(Duration.between(latest, clock.instant())).filter(quiet -> quiet.compareTo(limit) > 0);
    }
}
