package dev.millrace.checkpoints.s3;

import dev.millrace.checkpoints.bucket.AbsentBucketException;
import dev.millrace.checkpoints.bucket.BucketUnavailableException;
import dev.millrace.checkpoints.version.Layout;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.errors.MinioException;
import java.io.IOException;

/**
 * The bucket itself, not what is in it. Whether it is there is seen from an object below the prefix, as keys may be allowed
 * nothing outside it, not even to ask for the bucket.
 */
record S3Container(MinioClient client, String name, String prefix) {

    void require() {
        if (!exists()) {
            throw new AbsentBucketException(name);
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
                throw S3Faults.of("there is no bucket " + name + ", and it cannot be made", e);
            }
        }
    }

    private boolean exists() {
        final String key = prefix + Layout.HEAD;
        try (GetObjectResponse head = S3Faults.ask(() -> client.getObject(
                GetObjectArgs.builder().bucket(name).object(key).build()))) {
            return head.object().equals(key);
        } catch (MinioException e) {
            if (S3Faults.isWithoutBucket(e)) {
                return false;
            }
            S3Faults.absentOrThrow(key + " in bucket " + name, e);
            return true;
        } catch (IOException e) {
            throw new BucketUnavailableException("bucket " + name + ": broke off while being asked", e);
        }
    }
}
