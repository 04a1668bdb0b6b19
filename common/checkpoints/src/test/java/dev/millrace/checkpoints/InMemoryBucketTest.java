package dev.millrace.checkpoints;

import java.time.Clock;

final class InMemoryBucketTest extends StrictBucketContract {
    @Override
    Bucket newBucket() {
        return new InMemoryBucket(Clock.systemUTC());
    }
}
