package dev.millrace.client.failure;

import java.io.Serial;
import java.time.Duration;
import java.util.Optional;

/** 429 or 503, however often it was tried: too much waits, or what the service needs is away. */
public final class BusyException extends ProblemException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Optional<Duration> retryAfter;

    public BusyException(String request, Problem problem, Optional<Duration> retryAfter) {
        super(request, problem);
        this.retryAfter = retryAfter;
    }

    /** When to come again, as the service said last. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
