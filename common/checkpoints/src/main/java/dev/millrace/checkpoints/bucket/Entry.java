package dev.millrace.checkpoints.bucket;

import java.time.Instant;

/** An object in a listing: its key, its size in bytes, and when the server says it was written. */
public record Entry(String key, long size, Instant modifiedAt) {}
