package dev.millrace.client.encoder;

import java.time.Instant;

/**
 * A name that can be asked for, and what it stands for now.
 *
 * @param id the name: a channel's, an alias or a version's
 * @param version behind it
 * @param space of the version's vectors
 * @param channel that the encoder follows
 * @param created when the version was published, to the second
 */
public record ServedModel(String id, String version, String space, String channel, Instant created) {}
