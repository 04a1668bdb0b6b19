package dev.millrace.devstack.demo.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Posts JSON to one service. */
public final class RestClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Set<Integer> LATER = Set.of(429, 503);
    private static final int MOST_TRIES = 40;
    private static final long DEFAULT_PAUSE_SECONDS = 1;
    private static final int SHOWN_CHARS = 200;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final Traffic traffic;

    public RestClient(URI base, Traffic traffic) {
        this.base = base;
        this.traffic = traffic;
    }

    /** An answer with a good status. */
    record Answer(int status, byte[] body) {}

    /** Posts once: whatever is no success is a failure and counted as one, but 404, which the caller may have reckoned with. */
    Answer post(String path, byte[] json) throws InterruptedException {
        return good(path, send(path, json));
    }

    /** Posts, and again each time the service asks for it: 429 and 503 say that repeating is safe and when to do it. */
    Answer postPatiently(String path, byte[] json) throws InterruptedException {
        HttpResponse<byte[]> response = send(path, json);
        for (int tries = 1; LATER.contains(response.statusCode()) && tries < MOST_TRIES; tries++) {
            traffic.postponed();
            long pause = response.headers().firstValueAsLong("Retry-After").orElse(DEFAULT_PAUSE_SECONDS);
            TimeUnit.SECONDS.sleep(pause);
            response = send(path, json);
        }
        return good(path, response);
    }

    /** Counts an answer as failed that had a good status and no sense. */
    RequestFailedException senseless(String path, Exception cause) {
        String reason = "POST " + path + ": senseless answer: " + cause.getMessage();
        traffic.failed(reason);
        return new RequestFailedException(reason, cause);
    }

    private HttpResponse<byte[]> send(String path, byte[] json) throws InterruptedException {
        traffic.sent();
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(json))
                .build();
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            String reason = "POST " + path + ": " + e;
            traffic.failed(reason);
            throw new RequestFailedException(reason, e);
        }
    }

    private Answer good(String path, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return new Answer(status, response.body());
        }
        String body = new String(response.body(), StandardCharsets.UTF_8);
        String reason = "POST " + path + ": " + status + " " + body.substring(0, Math.min(SHOWN_CHARS, body.length()));
        RequestFailedException failure = new RequestFailedException(reason, status);
        if (!failure.notFound()) {
            traffic.failed(reason);
        }
        throw failure;
    }
}
