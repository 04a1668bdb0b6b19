package dev.millrace.ingestion.kafka;

/** Whether records could be written. */
public sealed interface BrokerState {

    /** Every topic is there. */
    record Reachable() implements BrokerState {}

    /** Not yet asked, no answer, or a topic is missing. */
    record Unreachable(String reason) implements BrokerState {}
}
