package dev.millrace.checkpoints.ancestry;

import dev.millrace.checkpoints.version.CheckpointException;

/** A lineage is not summed up, as an audit would find something wrong in it. */
final class UnfitLineageException extends CheckpointException {
    private static final long serialVersionUID = 1L;

    /** The version at which it is seen, and what is wrong there. */
    UnfitLineageException(final String version, final String fault) {
        super(version + ": " + fault);
    }
}
