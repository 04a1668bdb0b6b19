package dev.millrace.checkpoints.space;

import dev.millrace.checkpoints.version.CheckpointException;

/** A space that is not as it was written. */
public final class AlteredSpaceException extends CheckpointException {
    private static final long serialVersionUID = 1L;

    AlteredSpaceException(final String name, final String reason) {
        super("space " + name + " was altered: " + reason);
    }
}
