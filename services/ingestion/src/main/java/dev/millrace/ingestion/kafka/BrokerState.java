package dev.millrace.ingestion.kafka;

/** Whether records could be written. */
public sealed interface BrokerState {
    default boolean isReachable() {
        return this instanceof Reachable;
    }

    /** Every topic is there. */
    record Reachable() implements BrokerState {}

    /** Not yet asked, no answer, or a topic is missing. */
    record Unreachable(String reason) implements BrokerState {}
}
