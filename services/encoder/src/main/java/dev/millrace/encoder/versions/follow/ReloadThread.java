package dev.millrace.encoder.versions.follow;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Rounds on the one thread that fetches and loads versions, so that at most one is loaded beside those that serve. */
public final class ReloadThread {
    private static final Logger LOG = Logger.getLogger(ReloadThread.class);

    private final ScheduledExecutorService thread;
    private final Runnable round;
    private final AtomicBoolean woken = new AtomicBoolean();

    public ReloadThread(ScheduledExecutorService thread, Runnable round) {
        this.thread = thread;
        this.round = round;
    }

    /** One thread, for whoever else has something to load, too. */
    public static ScheduledExecutorService executor(String name) {
        final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            final Thread created = new Thread(task, name);
            created.setDaemon(true);
            return created;
        });
        executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        return executor;
    }

    public void start(Duration pollInterval) {
        final Future<?> unused =
                thread.scheduleWithFixedDelay(this::guarded, 0, pollInterval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs a round as soon as the thread is free; any number of calls until then are one. */
    public void wake() {
        if (woken.compareAndSet(false, true)) {
            thread.execute(() -> {
                woken.set(false);
                guarded();
            });
        }
    }

    /** Lets a load that has begun end. */
    public void stop() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
            LOG.warn("A version was still being loaded at the end");
        }
    }

    /** A scheduled task that throws would never run again. */
    private void guarded() {
        try {
            round.run();
        } catch (RuntimeException failure) {
            LOG.error("Following the channel failed, it is tried again at the next poll", failure);
        }
    }
}
