package dev.millrace.events;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Time that only walks on: what waits by it waits neither a day too long nor too short when the machine's clock is put back
 * or forth.
 */
public final class SteadyClock implements InstantSource {
    private final Instant start = Instant.now();
    private final long startNanos = System.nanoTime();

    @Override
    public Instant instant() {
        return start.plusNanos(System.nanoTime() - startNanos);
    }
}
