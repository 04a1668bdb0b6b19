package dev.millrace.checkpoints.bucket;

/**
 * The bucket could not be reached, timed out, answered 408, 409 (concurrent write), 429 or 5xx other than 501, or broke off: worth repeating
 * later. A write that ends so may or may not have happened.
 */
public final class BucketUnavailableException extends BucketException {

    /** What could not be reached, in one line. */
    public BucketUnavailableException(final String message) {
        super(message);
    }

    /** What could not be reached, in one line, and what the client reported. */
    public BucketUnavailableException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
