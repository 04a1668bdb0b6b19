package dev.millrace.chaos.watch;

import dev.millrace.devstack.process.Screen;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Tells how things stand every few seconds. */
public final class Ticker implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final long LOOK_MILLIS = 100;

    private final Screen screen;
    private final Supplier<String> line;
    private final BackgroundLoop thread = new BackgroundLoop("ticker", this::turn);
    private long spoke = System.nanoTime();

    /** Begins at once. */
    public Ticker(Screen screen, Supplier<String> line) {
        this.screen = screen;
        this.line = line;
        thread.start();
    }

    private void turn() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        if (System.nanoTime() - spoke > EVERY.toNanos()) {
            spoke = System.nanoTime();
            screen.line(line());
        }
    }

    public String line() {
        return line.get();
    }

    @Override
    public void close() {
        thread.end();
    }
}
