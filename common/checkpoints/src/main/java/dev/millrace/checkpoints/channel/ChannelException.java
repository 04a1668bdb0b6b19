package dev.millrace.checkpoints.channel;

import dev.millrace.checkpoints.version.CheckpointException;

/** A channel cannot do what was asked of it, because of where it stands; nothing is changed. */
public final class ChannelException extends CheckpointException {
    private static final long serialVersionUID = 1L;

    ChannelException(final String message) {
        super(message);
    }
}
