package dev.millrace.checkpoints;

final class S3proxyCheckpointStoreTest extends CheckpointStoreContract {
    @Override
    Bucket newBucket() {
        return S3Bucket.connect(S3Server.s3proxy().settings());
    }
}
