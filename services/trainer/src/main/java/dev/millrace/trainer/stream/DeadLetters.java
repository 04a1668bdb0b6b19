package dev.millrace.trainer.stream;

import dev.millrace.events.record.DeadLetter;

/** Where what is no pair goes. */
public interface DeadLetters {
    /**
     * Hands a letter over and does not wait until it is kept.
     *
     * @throws org.apache.kafka.common.KafkaException when one before it is not, which {@link #awaitKept} then does not
     *     tell again
     */
    void send(DeadLetter letter);

    /**
     * Returns when every letter handed over is kept.
     *
     * @throws org.apache.kafka.common.KafkaException when one is not
     */
    void awaitKept();
}
