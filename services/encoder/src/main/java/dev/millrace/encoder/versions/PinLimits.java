package dev.millrace.encoder.versions;

import java.time.Duration;

/** How many pinned versions are kept beside the served one, and how long after they were last asked for. */
public record PinLimits(int versions, Duration idle) {}
