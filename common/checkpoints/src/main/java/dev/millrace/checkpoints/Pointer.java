package dev.millrace.checkpoints;

import java.time.Instant;

/**
 * What `head.json` or `channels/NAME.json` held when it was read.
 *
 * @param version the version pointed to
 * @param etag unquoted ETag of the pointer's object, the token of the next compare-and-swap
 * @param movedAt when it was moved, by the mover's clock, to the millisecond
 */
public record Pointer(String version, String etag, Instant movedAt) {}
