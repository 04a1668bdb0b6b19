package dev.millrace.trainer.testing;

import dev.millrace.events.record.DeadLetter;
import dev.millrace.trainer.stream.DeadLetters;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaException;

/** Letters in memory; on demand the broker fails to keep those sent so far. */
public final class KeptLetters implements DeadLetters {
    private final List<DeadLetter> letters = new CopyOnWriteArrayList<>();
    private final AtomicBoolean failing = new AtomicBoolean();
    private final AtomicInteger unsent = new AtomicInteger();

    public List<DeadLetter> all() {
        return letters;
    }

    /** The next who waits is told that a letter was lost. */
    public void failOnce() {
        failing.set(true);
    }

    /** So many that would send one are told that none is taken. */
    public void refuse(int times) {
        unsent.set(times);
    }

    @Override
    public void send(DeadLetter letter) {
        if (unsent.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new KafkaException("a dead letter is not taken");
        }
        letters.add(letter);
    }

    @Override
    public void awaitKept() {
        if (failing.compareAndSet(true, false)) {
            throw new KafkaException("a dead letter was not acknowledged");
        }
    }
}
