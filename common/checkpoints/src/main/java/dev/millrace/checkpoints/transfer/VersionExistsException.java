package dev.millrace.checkpoints.transfer;

import dev.millrace.checkpoints.version.CheckpointException;

/** Another content is published, or being published, under this name: versions are immutable, so take another name. */
public final class VersionExistsException extends CheckpointException {

    /** The name that is taken and the file that differs. */
    public VersionExistsException(final String version, final String file) {
        super("version " + version + " exists with another " + file);
    }
}
