package dev.millrace.ingestion.kafka;

/** The newest known state of the broker. */
public interface BrokerProbe extends AutoCloseable {
    BrokerState state();

    @Override
    void close();
}
