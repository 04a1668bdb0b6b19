package dev.millrace.checkpoints.bucket;

import java.util.Arrays;
import java.util.Optional;

/**
 * A conditional write of a body no one else writes, that knows its own success even when the answer to it was lost.
 *
 * <p>A write whose answer is lost may have happened, and a client that repeats it by itself then reads "condition does not
 * hold" about its own success. As the body is unique, finding exactly it in the bucket is proof of having won.
 */
public record DecisiveWrite(Bucket bucket) {

    /** Returns the ETag when won; throws PreconditionFailedException when lost, BucketUnavailableException when not known. */
    public String put(final String key, final byte[] body, final Condition condition) {
        try {
            return bucket.put(key, body, condition);
        } catch (PreconditionFailedException refused) {
            return ours(bucket.get(key), body).orElseThrow(() -> refused);
        } catch (BucketUnavailableException unsure) {
            final Optional<Stored> now = reread(key, unsure);
            return ours(now, body).orElseThrow(() -> verdict(key, now, condition, unsure));
        }
    }

    private Optional<Stored> reread(final String key, final BucketUnavailableException unsure) {
        try {
            return bucket.get(key);
        } catch (BucketException again) {
            unsure.addSuppressed(again);
            throw unsure;
        }
    }

    private static Optional<String> ours(final Optional<Stored> stored, final byte[] body) {
        return stored.filter(found -> Arrays.equals(found.body(), body)).map(Stored::etag);
    }

    private static BucketException verdict(
            final String key,
            final Optional<Stored> now,
            final Condition condition,
            final BucketUnavailableException unsure) {
        return condition.holdsFor(now.map(Stored::etag)) ? unsure : new PreconditionFailedException(key);
    }
}
