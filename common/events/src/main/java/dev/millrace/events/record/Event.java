package dev.millrace.events.record;

import java.time.Instant;

/** What somebody observed, and when. */
public sealed interface Event permits Pair, Impression, Click, Document, CheckpointEvent {
    /** When it happened, as its producer says. */
    Instant ts();
}
