package dev.millrace.checkpoints.s3;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.StrictBucketContract;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = S3Server.MINIO_PROPERTY, matches = ".+")
final class MinioBucketTest extends StrictBucketContract {
    @Override
    public Bucket newBucket() {
        return S3Bucket.connect(S3Server.minio().settings());
    }
}
