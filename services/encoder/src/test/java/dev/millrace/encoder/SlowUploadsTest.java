package dev.millrace.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.lineage.CheckpointStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers who begin to send a body and do not end it, or who leave. */
@QuarkusTest
@TestProfile(SlowUploadsTest.OnItsOwn.class)
final class SlowUploadsTest {
    /** Above the number of workers, which is 32. */
    private static final int UPLOADS = 48;

    private static final int LARGE = 256 * 1024;
    private static final int LARGE_THAT_FIT = 16 * 3 * 1024 / 4 / 256;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    CheckpointStore store;

    @Inject
    MeterRegistry registry;

    @TestHTTPResource("/v1/embeddings")
    URI embeddings;

    private final List<Socket> sockets = new ArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeEach
    void serve() {
        ServedOnce.version(store, "rest");
        Await.until(() -> status("{\"input\":\"a\"}") == 200);
    }

    @AfterEach
    void leave() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        Await.until(() -> bytes() == 0);
    }

    @Test
    void singleQueriesAreAnsweredBesideMoreSlowUploadsThanThereAreWorkers() throws Exception {
        // Given
        for (int i = 0; i < UPLOADS; i++) {
            upload("Content-Length: " + LARGE, "{\"input\":[\"");
        }

        // When
        final List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            statuses.add(status("{\"input\":\"a\"}"));
        }

        // Then
        assertThat(statuses).containsOnly(200);
    }

    @Test
    void largeBodiesForWhichThereIsNoMemoryAreToldToComeAgainAndSmallOnesAreTaken() throws Exception {
        // Given
        for (int i = 0; i < LARGE_THAT_FIT; i++) {
            upload("Content-Length: " + LARGE, "{");
        }
        Await.until(() -> bytes() >= (long) LARGE_THAT_FIT * LARGE);

        // When
        final Socket refused = upload("Content-Length: " + LARGE, "{");

        // Then
        assertThat(head(refused)).startsWith("HTTP/1.1 429").containsIgnoringCase("retry-after: 1");
        assertThat(status("{\"input\":\"a\"}")).isEqualTo(200);
    }

    @Test
    void aBodyInChunksIsCountedAsItComes() throws Exception {
        // Given
        final String chunk = "x".repeat(0xffff);

        // When
        final Socket socket = upload("Transfer-Encoding: chunked", "");
        Await.until(() -> (send(socket, "ffff\r\n" + chunk + "\r\n") && bytes() > LARGE) || socket.isClosed());

        // Then
        assertThat(bytes()).isGreaterThan(LARGE);
        for (int i = 0; i < 16; i++) {
            send(socket, "ffff\r\n" + chunk + "\r\n");
        }
        assertThat(head(socket)).startsWith("HTTP/1.1 413");
    }

    @Test
    void whoHangsUpIsNotEncodedAndItsBytesAreFree() throws Exception {
        // Given a request that waits for the model
        final double before = abandoned();
        FakeParts.MODELS.hold();
        final String body = "{\"input\":\"a\"}";
        final Socket socket = upload("Content-Length: " + body.length(), body);
        Await.until(FakeParts.MODELS::waits);

        // When
        socket.close();

        // Then
        Await.until(() -> abandoned() > before);
        Await.until(() -> bytes() == 0);
        FakeParts.MODELS.resume();
    }

    private double bytes() {
        return registry.get("millrace.encoder.body.bytes").gauge().value();
    }

    private double abandoned() {
        return registry.get("millrace.encoder.requests")
                .tag("outcome", "abandoned")
                .counter()
                .count();
    }

    private Socket upload(String length, String begin) throws IOException {
        final Socket socket = new Socket(embeddings.getHost(), embeddings.getPort());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        sockets.add(socket);
        final String head = "POST /v1/embeddings HTTP/1.1\r\nHost: encoder\r\nContent-Type: application/json\r\n"
                + length + "\r\n\r\n" + begin;
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }

    /** Whether the other side still takes it. */
    private static boolean send(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    private static String head(Socket socket) throws IOException {
        final BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        final StringBuilder head = new StringBuilder();
        for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
            head.append(line).append('\n');
        }
        return head.toString();
    }

    private int status(String body) {
        try {
            return client.send(request(body), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException | InterruptedException failure) {
            return 0;
        }
    }

    private HttpRequest request(String body) {
        return HttpRequest.newBuilder(embeddings)
                .header("Content-Type", "application/json")
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    /** Memory for bodies of its own. */
    public static final class OnItsOwn implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "millrace.encoder.cache-dir", "target/test-cache-slow-uploads",
                    "millrace.encoder.bodies-in-memory", "16M");
        }
    }
}
