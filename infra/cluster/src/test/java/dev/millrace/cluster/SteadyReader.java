package dev.millrace.cluster;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A group that works: each second it has done one more record of every partition. A partition that stands still counts as stuck.
 * Its work ends when its broker does.
 */
final class SteadyReader implements AutoCloseable {
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong done = new AtomicLong();

    SteadyReader(PairsBroker broker) {
        clock.scheduleAtFixedRate(() -> broker.commit(done.incrementAndGet()), 0, 1, TimeUnit.SECONDS);
    }

    /** Waits for what it has in hand, so that nothing is committed after. */
    @Override
    public void close() throws InterruptedException {
        clock.shutdown();
        if (!clock.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("a commit does not end");
        }
    }
}
