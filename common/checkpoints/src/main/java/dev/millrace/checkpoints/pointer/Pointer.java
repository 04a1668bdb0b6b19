package dev.millrace.checkpoints.pointer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What `head.json` or `channels/NAME.json` held when it was read.
 *
 * @param version the version pointed to
 * @param etag unquoted ETag of the pointer's object, the token of the next compare-and-swap
 * @param movedAt when it was moved, by the mover's clock, to the millisecond
 * @param past where a channel stood before, newest first, at most {@link #PAST}; empty for the head, whose past is the lineage
 * @param hold why the channel is to stay where it is until a person releases it; empty when it is free to move
 */
public record Pointer(String version, String etag, Instant movedAt, List<String> past, Optional<String> hold) {
    /** How many steps a channel remembers to be rolled back by. */
    public static final int PAST = 8;

    /** Copies the list. */
    public Pointer {
        past = List.copyOf(past);
    }
}
