package dev.millrace.encoder.versions.load;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Remembers which versions failed, so that a bad one costs a download now and then and not one every poll. */
public final class RetrySchedule {
    static final Duration FIRST = Duration.ofSeconds(2);
    static final Duration LONGEST = Duration.ofMinutes(1);
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
        final Duration pause = retries.containsKey(version)
                ? shorter(retries.get(version).pause().multipliedBy(2), LONGEST)
                : FIRST;
        retries.remove(version);
        retries.put(version, new Retry(clock.instant().plus(pause), pause, freed));
        if (retries.size() > REMEMBERED) {
            retries.remove(retries.keySet().iterator().next());
        }
    }

    void succeeded(String version) {
        retries.remove(version);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private record Retry(Instant at, Duration pause, CompletableFuture<Void> freed) {}
}
