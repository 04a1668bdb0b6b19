package dev.millrace.ingestion.intake;

import java.util.concurrent.CompletableFuture;

/** Where accepted events go to stay. */
public interface EventLog extends AutoCloseable {
    /**
     * Never blocks. Completes once the entry is durable, or exceptionally when it is not known to be: it may have been
     * written all the same. Completes in the end, whatever happens.
     */
    CompletableFuture<Void> append(Entry entry);

    @Override
    void close();

    /** A record on its way to the broker, which gives it the time of its arrival: an event's own time may lie before all that a topic keeps. */
    record Entry(String topic, String key, byte[] value) {}
}
