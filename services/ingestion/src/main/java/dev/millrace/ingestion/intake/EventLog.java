package dev.millrace.ingestion.intake;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where accepted events go to stay. */
public interface EventLog extends AutoCloseable {
    /**
     * Never blocks and never throws. One future for each entry, in their order: completes once the entry is durable, exceptionally with
     * {@link TooLargeException} when its topic does not take it, and otherwise exceptionally when it is not known to be durable: it may
     * have been written all the same. Completes in the end, whatever happens.
     */
    List<CompletableFuture<Void>> append(List<Entry> entries);

    @Override
    void close();

    /**
     * A record on its way to the broker, which gives it the time of its arrival: an event's own time may lie before all that a topic
     * keeps. An empty value is none: a compacted topic forgets the key.
     */
    record Entry(String topic, String key, byte[] value) {}

    /** The topic takes no record of this size, and will not by waiting. */
    final class TooLargeException extends RuntimeException {
        public TooLargeException(String topic) {
            super("topic " + topic + " does not take a record of this size (max.message.bytes)", null, false, false);
        }
    }
}
