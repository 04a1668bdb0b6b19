package dev.millrace.ingestion.intake;

import java.time.Duration;

/** What one request may ask for. */
public record IntakeLimits(int maxBytes, int maxItems, Duration ackTimeout) {}
