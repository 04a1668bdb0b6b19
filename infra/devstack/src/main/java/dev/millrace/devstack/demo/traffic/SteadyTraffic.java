package dev.millrace.devstack.demo.traffic;

import dev.millrace.client.failure.ClientException;
import dev.millrace.devstack.demo.stack.EncoderTraffic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A caller that never stops asking for vectors while versions come and go; each question is asked once. */
public final class SteadyTraffic implements AutoCloseable {
    private final Thread thread = new Thread(this::askSteadily, "steady-traffic");
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Duration every;
    private final EncoderTraffic encoder;
    private final List<String> texts;
    private final Timeline timeline;
    private final InstantSource clock;
    private int next;

    public SteadyTraffic(
            EncoderTraffic encoder, List<String> texts, Duration every, Timeline timeline, InstantSource clock) {
        this.encoder = encoder;
        this.texts = List.copyOf(texts);
        this.every = every;
        this.timeline = timeline;
        this.clock = clock;
    }

    public void start() {
        thread.start();
    }

    private void askSteadily() {
        try {
            while (!closed.get()) {
                ask();
                TimeUnit.MILLISECONDS.sleep(every.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask() throws InterruptedException {
        String text = texts.get(next++ % texts.size());
        long begin = System.nanoTime();
        try {
            String version = encoder.embed(text).version();
            timeline.answered(version, clock.instant(), Duration.ofNanos(System.nanoTime() - begin));
        } catch (ClientException e) {
            // Counted where it was met; the caller goes on asking, as a real one would.
            return;
        }
    }

    /** Lets the question on its way be answered. */
    @Override
    public void close() {
        closed.set(true);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
