package dev.millrace.chaos.load;

import dev.millrace.chaos.watch.BackgroundLoop;
import dev.millrace.devstack.clients.EncoderProbe;
import dev.millrace.devstack.process.Screen;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A caller who never stops asking for a vector. A request failed when it had no vector for an answer, unless the encoder itself was
 * hit: from that fault until the encoder says it is ready, nobody may expect an answer, and such requests are counted apart.
 * Faults on anything else excuse nothing.
 */
public final class EncoderLoad implements AutoCloseable {
    private static final long PAUSE_MILLIS = 100;

    private final EncoderProbe probe;
    private final Screen screen;
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong excused = new AtomicLong();
    private final Set<String> served = ConcurrentHashMap.newKeySet();
    /** Odd while the encoder is excused; a request that saw it change was under way at such a time. */
    private final AtomicLong excuses = new AtomicLong();

    private final BackgroundLoop thread = new BackgroundLoop("encoder-load", this::turn);
    private boolean told;

    /**
     * What the encoder's caller saw.
     *
     * @param failed without a vector though nobody had touched the encoder
     * @param excused without a vector while the encoder was down or coming back
     * @param versions that have answered
     */
    public record Answers(long asked, long failed, long excused, int versions) {}

    /** Begins at once. */
    public EncoderLoad(URI encoder, Screen screen) {
        this.probe = new EncoderProbe(encoder);
        this.screen = screen;
        thread.start();
    }

    private void turn() throws InterruptedException {
        long before = excuses.get();
        Optional<String> version = probe.servedVersion();
        boolean excuse = before % 2 == 1 || excuses.get() != before;
        asked.incrementAndGet();
        version.ifPresent(served::add);
        if (version.isEmpty() && excuse) {
            excused.incrementAndGet();
        } else if (version.isEmpty()) {
            failed.incrementAndGet();
        }
        tell(version.isEmpty() && !excuse);
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }

    /** Once for a row of failures. */
    private void tell(boolean failing) {
        if (failing && !told) {
            screen.line("! the encoder, which nobody has touched, did not answer");
        }
        told = failing;
    }

    /** What is done to the encoder, until it is ready again. */
    public void excusing(BackgroundLoop.Turn fault) throws InterruptedException {
        excuses.incrementAndGet();
        try {
            fault.take();
        } finally {
            excuses.incrementAndGet();
        }
    }

    public long asked() {
        return asked.get();
    }

    public long failed() {
        return failed.get();
    }

    public Answers answers() {
        return new Answers(asked(), failed(), excused.get(), served.size());
    }

    /** Every version that has answered. */
    public Set<String> served() {
        return served;
    }

    @Override
    public void close() {
        thread.end();
    }
}
