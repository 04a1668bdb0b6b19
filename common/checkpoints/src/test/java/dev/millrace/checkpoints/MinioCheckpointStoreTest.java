package dev.millrace.checkpoints;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = S3Server.MINIO_PROPERTY, matches = ".+")
final class MinioCheckpointStoreTest extends CheckpointStoreContract {
    @Override
    Bucket newBucket() {
        return S3Bucket.connect(S3Server.minio().settings());
    }
}
