package dev.millrace.ingestion.intake;

import java.time.Instant;

/** A record on its way to the broker. */
public record Entry(String topic, String key, byte[] value, Instant ts) {}
