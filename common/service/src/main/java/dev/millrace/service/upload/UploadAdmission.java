package dev.millrace.service.upload;

import dev.millrace.service.http.EarlyProblems;
import dev.millrace.service.http.Problem;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads the bodies of requests on the event loops, before anybody has to do with them: an upload that is slow holds a connection and
 * its bytes, and nothing else. As many as there is memory for; who comes on top is told to come again. A body's bytes are held until
 * its request is answered, or its connection is closed. Any thread may ask for the figures.
 *
 * <p>For HTTP/1.1 only, so {@code quarkus.http.http2} must be off: JAX-RS fails requests of HTTP/2 whose body has been read.
 */
public final class UploadAdmission {
    private static final int BEHIND_ACCESS_AND_BODY_LIMIT = 900;
    private static final Set<HttpMethod> WITH_A_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private final Bounds bounds;
    private final ByteBudget budget;
    private final EarlyProblems refusals;
    private final AtomicLong refused = new AtomicLong();

    /** @throws ConfigurationException naming the key, when the budget has no room for the largest body */
    public UploadAdmission(Bounds bounds, EarlyProblems refusals) {
        this.bounds = bounds;
        this.budget = new ByteBudget(bounds.budget().value());
        this.refusals = refusals;
        if (bounds.largest() > budget.mostForOne()) {
            throw new ConfigurationException(bounds.budget().key() + " is too small: three quarters of it, "
                    + budget.mostForOne() + " bytes, must hold quarkus.http.limits.max-body-size, " + bounds.largest());
        }
    }

    /**
     * What is admitted.
     *
     * @param budget bytes of all bodies together, at least four thirds of {@code largest}
     * @param largest bytes of one body, which is the server's own limit
     * @param slowest how long one body may take to come in
     * @param retryAfter told to whom there is no memory for
     */
    public record Bounds(Setting<Long> budget, long largest, Setting<Duration> slowest, Duration retryAfter) {}

    /** A value and the key that it is configured by. */
    public record Setting<T>(String key, T value) {}

    /** The body of a request that was let in, empty when there was none. */
    public static byte[] body(RoutingContext context) {
        return Optional.ofNullable(context.body().buffer())
                .map(Buffer::getBytes)
                .orElseGet(() -> new byte[0]);
    }

    /** Bytes of bodies in memory, of those being read what they have announced. */
    public long held() {
        return budget.used();
    }

    /** Requests that were told to come again, or ended for being slow, since the start. */
    public long refused() {
        return refused.get();
    }

    /** To be called once, before the server listens. */
    public void register(Filters filters) {
        filters.register(this::admit, BEHIND_ACCESS_AND_BODY_LIMIT);
    }

    private void admit(RoutingContext context) {
        if (WITH_A_BODY.contains(context.request().method())) {
            new Upload(context, budget, bounds.largest(), refusal -> refuse(context, refusal))
                    .begin(bounds.slowest().value());
        } else {
            context.next();
        }
    }

    private void refuse(RoutingContext context, Upload.Refusal refusal) {
        final Problem problem =
                switch (refusal) {
                    case TOO_LARGE -> Problem.tooLarge(bounds.largest());
                    case NO_ROOM ->
                        Problem.of(
                                        429,
                                        "Overloaded",
                                        "too many bodies are being read ("
                                                + bounds.budget().key() + ")")
                                .passingAfter(bounds.retryAfter());
                    case TOO_SLOW ->
                        Problem.of(
                                408,
                                "Request timeout",
                                "the body was not there within "
                                        + bounds.slowest().value() + " ("
                                        + bounds.slowest().key() + ")");
                };
        if (refusal != Upload.Refusal.TOO_LARGE) {
            refused.incrementAndGet();
        }
        refusals.end(context, problem);
    }
}
