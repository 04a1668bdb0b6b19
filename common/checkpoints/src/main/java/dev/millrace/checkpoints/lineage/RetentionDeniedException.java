package dev.millrace.checkpoints.lineage;

import dev.millrace.checkpoints.version.CheckpointException;

/** A retention may not remove files: what is old stays, and takes space; versions and pointers are as they should be. */
public final class RetentionDeniedException extends CheckpointException {

    /** What could not be removed, and what the bucket said. */
    RetentionDeniedException(final String subject, final Throwable cause) {
        super(subject + " cannot be removed: the keys lack the right to delete below the prefix (s3:DeleteObject); "
                + cause.getMessage());
        initCause(cause);
    }
}
