package dev.millrace.checkpoints.lineage;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.InMemoryBucket;
import java.time.Clock;

final class InMemoryCheckpointStoreTest extends CheckpointStoreContract {
    @Override
    Bucket newBucket() {
        return new InMemoryBucket(Clock.systemUTC());
    }
}
