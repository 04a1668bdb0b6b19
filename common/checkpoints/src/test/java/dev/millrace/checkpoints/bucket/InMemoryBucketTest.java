package dev.millrace.checkpoints.bucket;

import java.time.Clock;

final class InMemoryBucketTest extends StrictBucketContract {
    @Override
    public Bucket newBucket() {
        return new InMemoryBucket(Clock.systemUTC());
    }
}
