package dev.millrace.checkpoints.bucket;

/** The S3 server ignores or refuses conditional writes, so that no lineage can be kept there: it takes another server. */
public final class ConditionsNotKeptException extends BucketException {

    /** What it does instead, in one line. */
    ConditionsNotKeptException(final String message) {
        super(message);
    }

    /** What it does instead, in one line, and what the client reported. */
    ConditionsNotKeptException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
