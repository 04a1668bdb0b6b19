package dev.millrace.encoder.request;

import java.time.Instant;

/** What every answer says about the weights that made it. */
public record VersionInfo(String version, String space, Instant createdAt) {}
