package dev.millrace.attribution.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jboss.logging.Logger;

/**
 * A stream thread that dies is replaced, since most causes pass: a broker restarts, a transaction times out. Where
 * threads keep dying the whole join is given up, and the supervisor starts it anew at its own pace.
 */
final class ThreadReplacement implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = Logger.getLogger(ThreadReplacement.class);
    private static final int MOST = 5;
    private static final Duration WITHIN = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Runnable count;
    private final Deque<Instant> deaths = new ArrayDeque<>();

    ThreadReplacement(InstantSource clock, Runnable count) {
        this.clock = clock;
        this.count = count;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable cause) {
        count.run();
        final Instant now = clock.instant();
        deaths.removeIf(death -> death.isBefore(now.minus(WITHIN)));
        deaths.add(now);
        final boolean hopeful = deaths.size() <= MOST;
        LOG.errorf(cause, "a stream thread died and %s", hopeful ? "is replaced" : "the join is given up");
        return hopeful ? StreamThreadExceptionResponse.REPLACE_THREAD : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
}
