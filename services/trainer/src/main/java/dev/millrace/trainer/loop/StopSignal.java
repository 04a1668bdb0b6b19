package dev.millrace.trainer.loop;

import dev.millrace.trainer.learning.window.WindowAbandonedException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Whether the trainer's thread is to end: after the window in training, or before its next step. Given by any thread.
 */
final class StopSignal {
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean abandoning;

    void stop() {
        stopped.countDown();
    }

    /** As {@link #stop}, and a window in training is given up. */
    void abandon() {
        abandoning = true;
        stop();
    }

    boolean given() {
        return stopped.getCount() == 0;
    }

    void throwIfAbandoning() {
        if (abandoning) {
            throw new WindowAbandonedException(
                    "the window in training is given up; it is read again at the next start");
        }
    }

    /** Waits so long, or until the signal is given. */
    void await(Duration wait) {
        try {
            stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
