package dev.millrace.service.kafka;

/** The newest known state of the broker. */
public interface BrokerProbe extends AutoCloseable {
    /** What the last question was answered; never waits. */
    BrokerState state();

    @Override
    void close();
}
