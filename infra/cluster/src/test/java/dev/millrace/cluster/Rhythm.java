package dev.millrace.cluster;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Something done again and again on a thread of its own, until it fails or is closed. */
final class Rhythm implements AutoCloseable {
    private final CountDownLatch end = new CountDownLatch(1);
    private final Duration pause;
    private final Runnable task;
    private final Thread thread = new Thread(this::repeat, "rhythm");

    Rhythm(Duration pause, Runnable task) {
        this.pause = pause;
        this.task = task;
        thread.start();
    }

    private void repeat() {
        try {
            do {
                task.run();
            } while (!end.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for what is in hand, so that nothing of it happens after. */
    @Override
    public void close() {
        end.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
