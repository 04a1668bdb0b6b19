package dev.millrace.checkpoints.lineage;

import dev.millrace.checkpoints.version.CheckpointException;

/** Retention removed files of a version that nothing points to any more, maybe while they were being read: there is no fault. */
public final class DroppedVersionException extends CheckpointException {

    /** The version that keeps its manifest only, or is about to. */
    DroppedVersionException(final String version, final Throwable cause) {
        super("version " + version + " is gone: nothing points to it, and retention removes its files");
        initCause(cause);
    }
}
