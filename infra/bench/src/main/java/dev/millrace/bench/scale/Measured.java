package dev.millrace.bench.scale;

/** A figure of this machine; the names are those of the JSON. */
record Measured(String what, double value) {}
