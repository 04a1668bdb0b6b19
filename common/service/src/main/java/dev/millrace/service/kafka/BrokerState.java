package dev.millrace.service.kafka;

import java.util.Optional;

/** Whether the topics can be used. */
public sealed interface BrokerState {
    /** Why they cannot; empty when they can. */
    default Optional<String> trouble() {
        return this instanceof Unreachable unreachable ? Optional.of(unreachable.reason()) : Optional.empty();
    }

    /** Every topic is there. */
    record Reachable() implements BrokerState {}

    /** Not yet asked, no answer, or a topic is missing. */
    record Unreachable(String reason) implements BrokerState {}
}
