package dev.millrace.bench.scale.constant;

/** A figure of this machine; the names are those of the JSON. */
public record Measured(String what, double value) {}
