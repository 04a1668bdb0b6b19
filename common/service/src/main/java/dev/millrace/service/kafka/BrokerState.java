package dev.millrace.service.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether the topics can be used. */
public sealed interface BrokerState {
    /** Why they cannot; empty when they can. */
    default Optional<String> trouble() {
        return this instanceof Unreachable unreachable ? Optional.of(unreachable.reason()) : Optional.empty();
    }

    /**
     * Whether a service that waits for its broker should still be asked: while the topics can be used, and for a time after they could.
     * Every endpoint loses its broker at once, so taking them all away would only keep callers from being told to come again.
     *
     * @param grace for how long after the broker went away
     */
    default boolean isPassing(Duration grace, Instant now) {
        return !(this instanceof Unreachable away)
                || away.since().filter(since -> now.isBefore(since.plus(grace))).isPresent();
    }

    /** Every topic is there. */
    record Reachable() implements BrokerState {}

    /**
     * Not yet asked, no answer, or a topic is missing.
     *
     * @param since when the topics could not be used any more; empty when they never could
     */
    record Unreachable(String reason, Optional<Instant> since) implements BrokerState {
        /** A broker that has not been reached before. */
        public Unreachable(String reason) {
            this(reason, Optional.empty());
        }
    }
}
