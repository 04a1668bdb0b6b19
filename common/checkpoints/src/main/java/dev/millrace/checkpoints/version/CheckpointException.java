package dev.millrace.checkpoints.version;

/** What can be wrong with a version or a pointer, as opposed to the bucket that keeps it. */
public abstract class CheckpointException extends RuntimeException {

    public CheckpointException(final String message) {
        super(message);
    }
}
