package dev.millrace.devstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** A caller of the encoder. */
final class Searcher {
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newHttpClient();
    private final DevStack stack;

    Searcher(DevStack stack) {
        this.stack = stack;
    }

    /** The version that answered a request for one vector; empty while none answers. */
    Optional<String> servedVersion() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(stack.endpoints().encoder().resolve("/v1/embeddings"))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"stable\",\"input\":\"mill wheel\"}"))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode body = new ObjectMapper().readTree(response.body());
            return response.statusCode() == OK ? Optional.of(body.path("model").asText()) : Optional.empty();
        } catch (IOException e) {
            // The encoder is down for a moment, as the test wants it.
            return Optional.empty();
        }
    }
}
