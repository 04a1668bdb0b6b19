package dev.millrace.checkpoints;

import java.time.Clock;

final class InMemoryCheckpointStoreTest extends CheckpointStoreContract {
    @Override
    Bucket newBucket() {
        return new InMemoryBucket(Clock.systemUTC());
    }
}
