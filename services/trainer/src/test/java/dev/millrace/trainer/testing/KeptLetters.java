package dev.millrace.trainer.testing;

import dev.millrace.events.record.DeadLetter;
import dev.millrace.trainer.stream.DeadLetters;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.KafkaException;

/** Letters in memory; on demand the broker fails to keep those sent so far. */
public final class KeptLetters implements DeadLetters {
    private final List<DeadLetter> letters = new CopyOnWriteArrayList<>();
    private final AtomicBoolean failing = new AtomicBoolean();

    public List<DeadLetter> all() {
        return letters;
    }

    /** The next who waits is told that a letter was lost. */
    public void failOnce() {
        failing.set(true);
    }

    @Override
    public void send(DeadLetter letter) {
        letters.add(letter);
    }

    @Override
    public void awaitKept() {
        if (failing.compareAndSet(true, false)) {
            throw new KafkaException("a dead letter was not acknowledged");
        }
    }
}
