package dev.millrace.checkpoints.lineage;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.s3.S3Bucket;
import dev.millrace.checkpoints.s3.S3Server;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = S3Server.MINIO_PROPERTY, matches = ".+")
final class MinioCheckpointStoreTest extends CheckpointStoreContract {
    @Override
    Bucket newBucket() {
        return S3Bucket.connect(S3Server.minio().settings());
    }
}
