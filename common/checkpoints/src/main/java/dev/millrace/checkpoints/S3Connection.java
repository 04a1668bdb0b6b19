package dev.millrace.checkpoints;

import io.minio.BucketExistsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.errors.MinioException;
import java.time.Duration;
import okhttp3.OkHttpClient;

/** The client of one bucket, which is made when it is absent, before the client is first used. */
final class S3Connection {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(30);

    private final MinioClient client;
    private final OkHttpClient http;
    private final String bucket;
    private volatile boolean made;

    S3Connection(final S3Settings settings) {
        bucket = settings.bucket();
        http = new OkHttpClient.Builder()
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(SILENCE_TIMEOUT)
                .writeTimeout(SILENCE_TIMEOUT)
                .build();
        client = MinioClient.builder()
                .endpoint(settings.endpoint())
                .region(settings.region())
                .credentials(settings.accessKey(), settings.secretKey())
                .httpClient(http)
                .build();
    }

    /** Throws as {@link Bucket} says while the server cannot be asked whether the bucket is there. */
    MinioClient client() {
        if (!made) {
            make();
            made = true;
        }
        return client;
    }

    void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    private void make() {
        try {
            if (!S3Faults.ask(() -> client.bucketExists(
                    BucketExistsArgs.builder().bucket(bucket).build()))) {
                S3Faults.ask(() -> {
                    client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
                    return bucket;
                });
            }
        } catch (MinioException e) {
            if (!S3Faults.isTaken(e)) {
                throw S3Faults.of("bucket " + bucket, e);
            }
        }
    }
}
