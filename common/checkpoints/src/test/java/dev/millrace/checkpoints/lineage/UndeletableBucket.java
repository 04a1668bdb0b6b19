package dev.millrace.checkpoints.lineage;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.BucketAccessDeniedException;
import dev.millrace.checkpoints.bucket.ForwardingBucket;
import java.io.IOException;

/** Of keys that may do anything but delete. */
final class UndeletableBucket extends ForwardingBucket {
    UndeletableBucket(final Bucket bucket) {
        super(bucket);
    }

    @Override
    public void delete(final String key) {
        throw new BucketAccessDeniedException(
                key + ": the bucket answered 403 AccessDenied", new IOException("AccessDenied"));
    }
}
