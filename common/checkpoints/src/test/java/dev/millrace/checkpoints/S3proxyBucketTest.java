package dev.millrace.checkpoints;

final class S3proxyBucketTest extends BucketContract {
    @Override
    Bucket newBucket() {
        return S3Bucket.connect(S3Server.s3proxy().settings());
    }
}
