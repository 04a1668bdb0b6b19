package dev.millrace.events.record;

import java.time.Instant;

/**
 * Announces that a channel moved; the bucket, not this event, decides what the channel holds.
 * The constructor throws {@link InvalidEventException} naming the first field out of bounds.
 *
 * @param channel the channel's name and the record's Kafka key, 1..256 characters
 * @param version the version it moved to, 1..256 characters
 * @param space the version's embedding space, 1..256 characters
 * @param ts when it moved
 */
public record CheckpointEvent(String channel, String version, String space, Instant ts) implements Event {
    public CheckpointEvent {
        Rule.ID.require("channel", channel);
        Rule.ID.require("version", version);
        Rule.ID.require("space", space);
        Rule.TIME.require("ts", ts);
    }
}
