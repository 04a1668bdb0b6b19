package dev.millrace.checkpoints.s3;

import dev.millrace.checkpoints.bucket.Bucket;
import io.minio.MinioAsyncClient;
import io.minio.MinioClient;
import java.time.Duration;
import java.util.function.Consumer;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/** The client of one bucket, which is looked after once, before the client is first used. */
final class S3Connection {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(30);

    /** More than a version's files take at once, in two parts each, so that nobody's small request waits behind them. */
    private static final int REQUESTS_AT_ONCE = 16;

    private final MinioClient client;
    private final MinioAsyncClient requests;
    private final OkHttpClient http;
    private final S3Container container;
    private final Consumer<S3Container> beforeUse;
    private volatile boolean ready;

    S3Connection(final S3Settings settings, final Consumer<S3Container> beforeUse) {
        this.beforeUse = beforeUse;
        final Dispatcher requestsUnderWay = new Dispatcher();
        requestsUnderWay.setMaxRequestsPerHost(REQUESTS_AT_ONCE);
        http = new OkHttpClient.Builder()
                .dispatcher(requestsUnderWay)
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
        requests = MinioAsyncClient.builder()
                .endpoint(settings.endpoint())
                .region(settings.region())
                .credentials(settings.accessKey(), settings.secretKey())
                .httpClient(http)
                .build();
        container = new S3Container(client, settings.bucket(), settings.prefix());
    }

    /** Throws as {@link Bucket} says while the server cannot be asked whether the bucket is there. */
    MinioClient client() {
        lookAfter();
        return client;
    }

    /** As {@link #client}, for requests whose every header is ours. */
    MinioAsyncClient requests() {
        lookAfter();
        return requests;
    }

    private void lookAfter() {
        if (!ready) {
            beforeUse.accept(container);
            ready = true;
        }
    }

    void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
