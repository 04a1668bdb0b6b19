package dev.millrace.events.record;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/** What somebody observed, and when. */
public sealed interface Event permits Pair, Impression, Click, Document, CheckpointEvent {
    /** When it happened, as its producer says. */
    Instant ts();

    /** Its texts by the names of their fields, as a refusal says them. */
    default SortedMap<String, String> texts() {
        return new TreeMap<>();
    }
}
