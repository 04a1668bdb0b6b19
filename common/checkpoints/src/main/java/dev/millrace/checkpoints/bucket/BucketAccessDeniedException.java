package dev.millrace.checkpoints.bucket;

/** The bucket answered 401 or 403: unknown key, wrong secret, missing right or a skewed clock. */
public final class BucketAccessDeniedException extends BucketException {

    /** What was denied, in one line without secrets, and what the client reported. */
    public BucketAccessDeniedException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
