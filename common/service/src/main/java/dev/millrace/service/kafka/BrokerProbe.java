package dev.millrace.service.kafka;

import java.util.Map;

/** The newest known state of the broker. */
public interface BrokerProbe extends AutoCloseable {
    /** What the last question was answered; never waits. */
    BrokerState state();

    /** The topics' {@code max.message.bytes} by name as they were last known, also while the broker is away; empty before that. */
    Map<String, Integer> maxMessageBytes();

    @Override
    void close();
}
