package dev.millrace.encoder.versions.load;

import dev.millrace.service.backoff.BackOff;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Remembers which versions failed, so that a bad one costs a download now and then and not one every poll. */
public final class RetrySchedule {
    private static final BackOff BACK_OFF = new BackOff(Duration.ofSeconds(2), Duration.ofMinutes(1));
    private static final int REMEMBERED = 64;

    private final InstantSource clock;
    private final Map<String, Retry> retries = new LinkedHashMap<>();

    public RetrySchedule(InstantSource clock) {
        this.clock = clock;
    }

    boolean due(String version) {
        return Optional.ofNullable(retries.get(version))
                .filter(retry -> !retry.freed().isDone() || clock.instant().isBefore(retry.at()))
                .isEmpty();
    }

    /** Not due again before the pause is over and {@code freed} is done: a model that hangs is not loaded twice. */
    void failed(String version, CompletableFuture<Void> freed) {
        final int failures = 1
                + Optional.ofNullable(retries.remove(version))
                        .map(Retry::failures)
                        .orElse(0);
        retries.put(version, new Retry(clock.instant().plus(BACK_OFF.pause(failures)), failures, freed));
        if (retries.size() > REMEMBERED) {
            retries.remove(retries.keySet().iterator().next());
        }
    }

    void succeeded(String version) {
        retries.remove(version);
    }

    private record Retry(Instant at, int failures, CompletableFuture<Void> freed) {}
}
