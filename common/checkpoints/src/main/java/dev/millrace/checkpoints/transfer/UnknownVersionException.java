package dev.millrace.checkpoints.transfer;

import dev.millrace.checkpoints.version.CheckpointException;

/** No manifest, no version. */
public final class UnknownVersionException extends CheckpointException {

    /** The version that has no manifest. */
    public UnknownVersionException(final String version) {
        super("version " + version + " is not in the bucket");
    }
}
