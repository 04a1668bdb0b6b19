package dev.millrace.service.s3;

import dev.millrace.checkpoints.s3.S3Bucket;
import dev.millrace.checkpoints.s3.S3Settings;

/** The configured bucket. */
public final class S3Buckets {
    private S3Buckets() {}

    /** The bucket, not yet asked for; its user closes it. */
    public static S3Bucket open(S3Config s3) {
        return S3Bucket.lazily(new S3Settings(
                s3.endpoint().toString(),
                s3.region(),
                s3.bucket(),
                s3.prefix().orElse(""),
                s3.accessKey(),
                s3.secretKey()));
    }
}
