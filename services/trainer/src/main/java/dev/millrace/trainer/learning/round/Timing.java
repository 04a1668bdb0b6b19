package dev.millrace.trainer.learning.round;

import java.time.Instant;
import java.util.Optional;

/** Whether a round is merged as it is. */
public sealed interface Timing {
    /** By whoever sees it first. */
    record Merge() implements Timing {}

    /** Looked at again then, or when another share has come; without a time only then. */
    record Wait(Optional<Instant> until) implements Timing {}
}
