package dev.millrace.checkpoints.s3;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.BucketContract;

final class S3proxyBucketTest extends BucketContract {
    @Override
    public Bucket newBucket() {
        return S3Bucket.connect(S3Server.s3proxy().settings());
    }
}
