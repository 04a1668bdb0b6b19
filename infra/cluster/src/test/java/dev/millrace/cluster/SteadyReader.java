package dev.millrace.cluster;

import dev.millrace.devstack.process.Screen;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A group that works: each second it has done one more record of every partition. A partition that stands still counts as stuck.
 * While its broker is away it goes on in vain.
 */
final class SteadyReader implements AutoCloseable {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AtomicLong done = new AtomicLong();
    private final PairsBroker broker;
    private Optional<Rhythm> work = Optional.empty();

    SteadyReader(PairsBroker broker) {
        this.broker = broker;
    }

    void begin() {
        work = Optional.of(new Rhythm(SECOND, this::commit));
    }

    private void commit() {
        try {
            broker.commit(done.incrementAndGet());
        } catch (IllegalStateException e) {
            Screen.stdout().line("a reader's commit is in vain: " + e.getCause());
        }
    }

    @Override
    public void close() {
        work.ifPresent(Rhythm::close);
    }
}
