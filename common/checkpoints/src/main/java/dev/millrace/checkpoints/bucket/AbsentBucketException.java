package dev.millrace.checkpoints.bucket;

/** The server is there, and has no bucket of this name. */
public final class AbsentBucketException extends BucketException {

    /** The bucket's name. */
    public AbsentBucketException(final String bucket) {
        super("there is no bucket " + bucket);
    }
}
