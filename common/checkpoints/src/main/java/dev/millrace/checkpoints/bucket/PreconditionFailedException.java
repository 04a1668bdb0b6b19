package dev.millrace.checkpoints.bucket;

/** A conditional write found its {@link Condition} not to hold; nothing was written. */
public final class PreconditionFailedException extends BucketException {

    /** The key whose write was refused. */
    public PreconditionFailedException(final String key) {
        super(key + ": the write's condition does not hold");
    }
}
