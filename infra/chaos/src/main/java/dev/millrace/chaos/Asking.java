package dev.millrace.chaos;

import dev.millrace.devstack.process.Screen;
import dev.millrace.devstack.services.Searcher;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A caller who never stops asking for a vector. A request failed when it had no vector for an answer, unless the encoder itself was
 * hit: from that blow until the encoder says it is ready, nobody may expect an answer, and such requests are counted apart.
 * Blows on anything else excuse nothing.
 */
final class Asking implements AutoCloseable {
    private static final long PAUSE_MILLIS = 100;

    private final Searcher searcher;
    private final Screen screen;
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong excused = new AtomicLong();
    private final Set<String> served = ConcurrentHashMap.newKeySet();
    /** Odd while the encoder is excused; a request that saw it change was under way at such a time. */
    private final AtomicLong excuses = new AtomicLong();

    private final Background thread = new Background("asking", this::turn);
    private boolean told;

    /** Begins at once. */
    Asking(URI encoder, Screen screen) {
        this.searcher = new Searcher(encoder);
        this.screen = screen;
        thread.start();
    }

    private void turn() throws InterruptedException {
        long before = excuses.get();
        Optional<String> version = searcher.servedVersion();
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
    void excusing(Background.Turn blow) throws InterruptedException {
        excuses.incrementAndGet();
        try {
            blow.take();
        } finally {
            excuses.incrementAndGet();
        }
    }

    long asked() {
        return asked.get();
    }

    long failed() {
        return failed.get();
    }

    Report.Answers answers() {
        return new Report.Answers(asked(), failed(), excused.get(), served.size());
    }

    /** Every version that has answered. */
    Set<String> served() {
        return served;
    }

    @Override
    public void close() {
        thread.end();
    }
}
