package dev.millrace.service.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the memory of bodies that are being read or worked on: a request is admitted by the length it states, before the first byte of
 * its body is read, and leaves with its response. A body of unstated length counts as the largest until it has been read, and then as
 * long as it is. Above the budget the answer is 429 with Retry-After; one that comes in too slowly is ended with 408, so that slow
 * callers do not hold the budget for ever.
 */
public final class UploadAdmission {
    private static final int BEHIND_THE_BODY_LIMIT = 999;
    private static final long LOOK_EVERY_MILLIS = 100;

    private final Bounds bounds;
    private final EarlyProblems refusals;
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    public UploadAdmission(Bounds bounds, EarlyProblems refusals) {
        this.bounds = bounds;
        this.refusals = refusals;
    }

    /**
     * What is admitted.
     *
     * @param budget bytes of all bodies together; an idle service takes any one body
     * @param largest bytes of one body, which is the server's own limit
     * @param slowest how long one body may take to come in
     * @param retryAfter told to whom is refused
     */
    public record Bounds(long budget, long largest, Duration slowest, Duration retryAfter) {}

    /** Bytes that the admitted bodies count for. */
    public long held() {
        return held.get();
    }

    /** Requests that were told to come again, or ended for being slow, since the start. */
    public long refused() {
        return refused.get();
    }

    /** To be called once, before the server listens. */
    public void register(Filters filters) {
        filters.register(this::admit, BEHIND_THE_BODY_LIMIT);
    }

    private void admit(RoutingContext context) {
        final long bytes = stated(context.request());
        if (bytes == 0) {
            context.next();
        } else if (tryHold(bytes)) {
            final Upload upload = new Upload(context, bytes);
            context.addEndHandler(ended -> upload.leave());
            context.next();
        } else {
            refuse(
                    context,
                    Problem.of(429, "Overloaded", "too many bodies are being read, nothing of this one was")
                            .passingAfter(bounds.retryAfter()));
        }
    }

    private boolean tryHold(long bytes) {
        final long before = held.getAndUpdate(now -> now == 0 || now + bytes <= bounds.budget() ? now + bytes : now);
        return before == 0 || before + bytes <= bounds.budget();
    }

    private void refuse(RoutingContext context, Problem problem) {
        refused.incrementAndGet();
        refusals.end(context, problem);
    }

    /** The server has refused a length that is no number. */
    private long stated(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.CONTENT_LENGTH))
                .map(Long::parseLong)
                .orElseGet(() -> request.headers().contains(HttpHeaders.TRANSFER_ENCODING) ? bounds.largest() : 0L);
    }

    /** One admitted body. Only the event loop of its connection calls it. */
    private final class Upload {
        private final RoutingContext context;
        private final long started = System.nanoTime();
        private final long timer;
        private long bytes;

        Upload(RoutingContext context, long bytes) {
            this.context = context;
            this.bytes = bytes;
            this.timer = context.vertx().setPeriodic(LOOK_EVERY_MILLIS, id -> look());
        }

        private void look() {
            if (context.request().isEnded()) {
                context.vertx().cancelTimer(timer);
                countAs(Math.min(bytes, context.request().bytesRead()));
            } else if (System.nanoTime() - started > bounds.slowest().toNanos()) {
                context.vertx().cancelTimer(timer);
                refuse(
                        context,
                        Problem.of(
                                408,
                                "Request timeout",
                                "the body must be sent within "
                                        + bounds.slowest().toSeconds() + " s"));
            }
        }

        void leave() {
            context.vertx().cancelTimer(timer);
            countAs(0);
        }

        private void countAs(long now) {
            held.addAndGet(now - bytes);
            bytes = now;
        }
    }
}
