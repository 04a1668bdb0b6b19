package dev.millrace.devstack.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Health and metrics of services. */
public final class Management {
    private static final Duration READY_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration METRICS_TIMEOUT = Duration.ofSeconds(30);
    private static final int OK = 200;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(READY_TIMEOUT).build();

    /**
     * What a service says of its readiness.
     *
     * @param failure what the datum {@code failure} of a check that is not up says
     */
    public record Readiness(boolean ready, Optional<String> failure) {}

    /** Whether the service says that it is ready; false, too, when nobody answers within 2 s. */
    public boolean ready(URI service) throws InterruptedException {
        return readiness(service).ready();
    }

    /** The same with the reason, where the service states one. */
    public Readiness readiness(URI service) throws InterruptedException {
        try {
            HttpResponse<String> response = get(service.resolve("/q/health/ready"), READY_TIMEOUT);
            return response.statusCode() == OK
                    ? new Readiness(true, Optional.empty())
                    : new Readiness(false, failure(json.readTree(response.body())));
        } catch (IOException e) {
            // Nobody listens yet, or something that knows no health: not ready, whatever the reason.
            return new Readiness(false, Optional.empty());
        }
    }

    private static Optional<String> failure(JsonNode health) {
        return StreamSupport.stream(health.path("checks").spliterator(), false)
                .filter(check -> !"UP".equals(check.path("status").asText()))
                .map(check -> check.at("/data/failure").asText())
                .filter(failure -> !failure.isEmpty() && !"none".equals(failure))
                .findFirst();
    }

    /**
     * A metric's value, summed over its labels; 0 before it was first counted.
     *
     * @throws UncheckedIOException when the service does not tell its metrics
     */
    public double metric(URI service, String name) throws InterruptedException {
        try {
            return sum(get(service.resolve("/q/metrics"), METRICS_TIMEOUT).body(), name);
        } catch (IOException e) {
            throw new UncheckedIOException(service + " does not tell its metrics", e);
        }
    }

    private HttpResponse<String> get(URI page, Duration timeout) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(page).timeout(timeout).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static double sum(String page, String name) {
        return page.lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
