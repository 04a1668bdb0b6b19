package dev.millrace.checkpoints.lineage;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.s3.S3Bucket;
import dev.millrace.checkpoints.s3.S3Server;

final class S3proxyCheckpointStoreTest extends CheckpointStoreContract {
    @Override
    Bucket newBucket() {
        return S3Bucket.connect(S3Server.s3proxy().settings());
    }
}
