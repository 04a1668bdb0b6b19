package dev.millrace.attribution.join;

import dev.millrace.events.DeadLetter;
import java.time.InstantSource;

/** Writes dead letters, and counts them. */
final class DeadLetters {
    private final String topic;
    private final InstantSource clock;
    private final JoinMeters meters;

    DeadLetters(String topic, InstantSource clock, JoinMeters meters) {
        this.topic = topic;
        this.clock = clock;
        this.meters = meters;
    }

    String topic() {
        return topic;
    }

    DeadLetter setAside(Origin origin, String field, String reason) {
        meters.deadLetter();
        return origin.setAside(field, reason, clock.instant());
    }
}
