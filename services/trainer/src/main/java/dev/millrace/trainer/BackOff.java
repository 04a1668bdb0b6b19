package dev.millrace.trainer;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits that double up to a cap. */
final class BackOff {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Duration next = FIRST;

    Duration next() {
        return next;
    }

    /** Waits, unless {@code ended} comes first. */
    void sleepUntil(CountDownLatch ended) {
        try {
            if (!ended.await(next.toMillis(), TimeUnit.MILLISECONDS)) {
                next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void reset() {
        next = FIRST;
    }
}
