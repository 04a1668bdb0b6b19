package dev.millrace.ingestion.intake;

/** A record on its way to the broker, which gives it the time of its arrival: an event's own time may lie before all that a topic keeps. */
public record Entry(String topic, String key, byte[] value) {}
