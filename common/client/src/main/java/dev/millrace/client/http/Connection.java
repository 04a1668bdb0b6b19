package dev.millrace.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.client.failure.AccessDeniedException;
import dev.millrace.client.failure.BusyException;
import dev.millrace.client.failure.ClientException;
import dev.millrace.client.failure.NoAnswerException;
import dev.millrace.client.failure.NotFoundException;
import dev.millrace.client.failure.Problem;
import dev.millrace.client.failure.ProblemException;
import dev.millrace.client.failure.RefusedException;
import dev.millrace.client.failure.ServiceFailedException;
import dev.millrace.client.failure.UnreadableAnswerException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Sends JSON to one service, and turns statuses into exceptions. */
public final class Connection {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
    private static final int MOST_DIGITS = 9;

    private final ObjectMapper json = new ObjectMapper();
    private final ClientSettings settings;
    private final String base;
    private final HttpClient http;

    public Connection(ClientSettings settings) {
        this.settings = settings;
        this.base = settings.url().toString().replaceAll("/+$", "");
        final Duration timeout = settings.timeout();
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT)
                .build();
    }

    /** An answer of whatever status. */
    public record Answer(String request, int status, HttpResponse<byte[]> response) {
        public boolean good() {
            return status / 100 == 2;
        }

        public Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }
    }

    /** One exchange, which may be made again when the service was busy. */
    @FunctionalInterface
    public interface Attempt<T> {
        T make() throws InterruptedException;
    }

    /** Makes the attempt, again as long as the service is busy and the policy allows it. */
    public <T> T patiently(Attempt<T> attempt) throws InterruptedException {
        for (int tries = 1; true; tries++) {
            try {
                return attempt.make();
            } catch (BusyException busy) {
                final Optional<Duration> pause = settings.retries().pause(tries, busy.retryAfter());
                if (pause.isEmpty()) {
                    throw busy;
                }
                settings.listener().postponed(busy, pause.get());
                TimeUnit.MILLISECONDS.sleep(pause.get().toMillis());
            }
        }
    }

    /** Tells the listener what the caller is about to see. */
    public <T extends ClientException> T failed(T failure) {
        settings.listener().failed(failure);
        return failure;
    }

    public Answer post(String path, byte[] body) throws InterruptedException {
        return send(
                "POST " + path,
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(body))
                        .build());
    }

    public Answer delete(String path) throws InterruptedException {
        return send("DELETE " + path, request(path).DELETE().build());
    }

    public Answer get(String path) throws InterruptedException {
        return send("GET " + path, request(path).build());
    }

    private HttpRequest.Builder request(String path) {
        final HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(settings.timeout());
        settings.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request;
    }

    private Answer send(String name, HttpRequest request) throws InterruptedException {
        settings.listener().sent();
        try {
            final HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            return new Answer(name, response.statusCode(), response);
        } catch (IOException e) {
            throw new NoAnswerException(name, e);
        }
    }

    /** The body of a good answer; throws what any other stands for. */
    public JsonNode good(Answer answer) {
        if (!answer.good()) {
            throw problem(answer);
        }
        return body(answer);
    }

    JsonNode body(Answer answer) {
        return parsed(answer).orElseThrow(() -> new UnreadableAnswerException(answer.request(), "is no JSON"));
    }

    /** Empty when the body is no JSON, as that of a proxy. */
    public Optional<JsonNode> parsed(Answer answer) {
        try {
            return Optional.of(json.readTree(answer.response().body()));
        } catch (IOException e) {
            // Which is what empty says.
            return Optional.empty();
        }
    }

    public ProblemException problem(Answer answer) {
        final Problem problem =
                Problem.of(answer.status(), parsed(answer), answer.response().body());
        return switch (answer.status()) {
            case 400, 413, 415, 422 -> new RefusedException(answer.request(), problem);
            case 401, 403 -> new AccessDeniedException(answer.request(), problem);
            case 404 -> new NotFoundException(answer.request(), problem);
            case 429, 503 -> new BusyException(answer.request(), problem, retryAfter(answer));
            default -> new ServiceFailedException(answer.request(), problem);
        };
    }

    /** In seconds, as Millrace writes it; a date, which the header may also be, is left to the policy's own pauses. */
    private static Optional<Duration> retryAfter(Answer answer) {
        return answer.header("Retry-After")
                .filter(value -> value.matches("\\d{1," + MOST_DIGITS + "}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }

    public byte[] bytes(JsonNode node) {
        try {
            return json.writeValueAsBytes(node);
        } catch (IOException e) {
            throw new IllegalStateException("a tree in memory cannot be written", e);
        }
    }
}
