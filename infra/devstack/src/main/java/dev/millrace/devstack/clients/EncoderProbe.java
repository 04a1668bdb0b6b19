package dev.millrace.devstack.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** A caller of the encoder. */
public final class EncoderProbe {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int OK = 200;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI encoder;

    public EncoderProbe(URI encoder) {
        this.encoder = encoder;
    }

    /** The version that answered a request for one vector; empty when there was no vector, or none within 30 s. */
    public Optional<String> servedVersion() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(encoder.resolve("/v1/embeddings"))
                .header("Content-Type", "application/json")
                .timeout(TIMEOUT)
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"stable\",\"input\":\"mill wheel\"}"))
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            JsonNode body = json.readTree(response.body());
            boolean vector = !body.path("data").path(0).path("embedding").isMissingNode();
            return response.statusCode() == OK && vector
                    ? Optional.of(body.path("model").asText())
                    : Optional.empty();
        } catch (IOException e) {
            // Nobody answered, or with something else than JSON.
            return Optional.empty();
        }
    }
}
