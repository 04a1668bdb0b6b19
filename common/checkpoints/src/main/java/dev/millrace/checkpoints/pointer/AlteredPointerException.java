package dev.millrace.checkpoints.pointer;

import dev.millrace.checkpoints.version.CheckpointException;

/** `head.json` or a channel holds something that is not a pointer. */
public final class AlteredPointerException extends CheckpointException {

    /** The pointer's key and what is wrong with it. */
    public AlteredPointerException(final String key, final String reason) {
        super(key + ": " + reason);
    }
}
