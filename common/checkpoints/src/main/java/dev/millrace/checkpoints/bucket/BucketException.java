package dev.millrace.checkpoints.bucket;

/** The bucket refused a request; repeating it as it is does not help, unless a subclass says otherwise. */
public sealed class BucketException extends RuntimeException
        permits BucketUnavailableException,
                BucketAccessDeniedException,
                PreconditionFailedException,
                ConditionsNotKeptException,
                AbsentBucketException {

    /** A refusal in one line. */
    public BucketException(final String message) {
        super(message);
    }

    /** A refusal in one line and what the client reported. */
    public BucketException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
