package dev.millrace.checkpoints.s3;

import dev.millrace.checkpoints.bucket.BucketException;
import io.minio.BucketExistsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.errors.MinioException;

/** The bucket itself, not what is in it. */
record S3Container(MinioClient client, String name) {

    void require() {
        if (!exists()) {
            throw new BucketException("there is no bucket " + name);
        }
    }

    void makeIfAbsent() {
        if (exists()) {
            return;
        }
        try {
            S3Faults.ask(() -> {
                client.makeBucket(MakeBucketArgs.builder().bucket(name).build());
                return name;
            });
        } catch (MinioException e) {
            if (!S3Faults.isTaken(e)) {
                throw S3Faults.of("bucket " + name, e);
            }
        }
    }

    private boolean exists() {
        try {
            return S3Faults.ask(() ->
                    client.bucketExists(BucketExistsArgs.builder().bucket(name).build()));
        } catch (MinioException e) {
            throw S3Faults.of("bucket " + name, e);
        }
    }
}
