package dev.millrace.checkpoints;

import java.time.Duration;
import okhttp3.OkHttpClient;

/** How long an S3 server may take to accept a connection, and to be silent on one. */
final class S3Http {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(30);

    private S3Http() {}

    static OkHttpClient client() {
        return new OkHttpClient.Builder()
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(SILENCE_TIMEOUT)
                .writeTimeout(SILENCE_TIMEOUT)
                .build();
    }
}
