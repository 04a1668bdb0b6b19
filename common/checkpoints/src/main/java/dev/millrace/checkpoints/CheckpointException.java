package dev.millrace.checkpoints;

/** What can be wrong with a version or a pointer, as opposed to the bucket that keeps it. */
public abstract sealed class CheckpointException extends RuntimeException
        permits AlteredVersionException,
                AlteredPointerException,
                ChannelException,
                StalePointerException,
                UnknownVersionException,
                VersionExistsException {

    CheckpointException(final String message) {
        super(message);
    }
}
