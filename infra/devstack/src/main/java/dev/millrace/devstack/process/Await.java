package dev.millrace.devstack.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits for something to come true, and says what it is waiting for when that takes longer than a person likes to wonder. */
public final class Await {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private final Screen screen;
    private final Duration limit;

    /** Gives up after {@code limit}; tells the screen what it waits for from the third second on. */
    public Await(Screen screen, Duration limit) {
        this.screen = screen;
        this.limit = limit;
    }

    /** Asked again and again until it says yes. */
    @FunctionalInterface
    public interface Probe {
        boolean ready() throws InterruptedException;
    }

    /** Throws when the limit passes first. */
    public void until(Supplier<String> what, Probe probe) {
        if (!within(what, probe)) {
            throw new StartFailedException("gave up after " + seconds(limit.toNanos()) + ": " + what.get());
        }
    }

    /** Says whether it came true before the limit passed. */
    public boolean within(Supplier<String> what, Probe probe) {
        long begin = System.nanoTime();
        long spoke = begin;
        try {
            while (!probe.ready()) {
                long now = System.nanoTime();
                if (now - begin > limit.toNanos()) {
                    return false;
                }
                if (now - spoke > SILENCE.toNanos()) {
                    spoke = now;
                    screen.line("  " + what.get() + " (" + seconds(now - begin) + ")");
                }
                TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailedException("interrupted: " + what.get(), e);
        }
    }

    private static String seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos) + " s";
    }
}
