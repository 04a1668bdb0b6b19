package dev.millrace.devstack.demo.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestClientTest {
    private static final byte[] BODY = {'{', '}'};

    private final Queue<Integer> statuses = new ArrayDeque<>();
    private final Traffic traffic = new Traffic();
    private HttpServer server;
    private RestClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Retry-After", "0");
            exchange.sendResponseHeaders(statuses.remove(), BODY.length);
            exchange.getResponseBody().write(BODY);
            exchange.close();
        });
        server.start();
        client = new RestClient(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), traffic);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void comesBackWhenToldToAndCountsNoFailure() throws InterruptedException {
        // Given
        statuses.addAll(List.of(429, 503, 202));

        // When
        RestClient.Answer answer = client.postPatiently("/v1/pairs", BODY);

        // Then
        assertThat(answer.status()).isEqualTo(202);
        assertThat(traffic.requests()).isEqualTo(3);
        assertThat(traffic.repeated()).isEqualTo(2);
        assertThat(traffic.failures()).isZero();
    }

    @Test
    void countsARefusalOfSteadyTrafficAsAFailure() {
        // Given
        statuses.add(429);

        // When
        RequestFailedException failure =
                catchThrowableOfType(RequestFailedException.class, () -> client.post("/v1/embeddings", BODY));

        // Then
        assertThat(failure).hasMessageContaining("429");
        assertThat(traffic.failures()).isEqualTo(1);
        assertThat(traffic.reasons()).singleElement().asString().contains("/v1/embeddings");
    }

    @Test
    void aVersionThatIsGoneIsSaidAndIsNoFailure() {
        // Given
        statuses.add(404);

        // When
        RequestFailedException gone =
                catchThrowableOfType(RequestFailedException.class, () -> client.postPatiently("/v1/embeddings", BODY));

        // Then
        assertThat(gone.notFound()).isTrue();
        assertThat(traffic.failures()).isZero();
    }

    @Test
    void noAnswerAtAllIsAFailure() {
        // Given
        server.stop(0);

        // When
        RequestFailedException failure =
                catchThrowableOfType(RequestFailedException.class, () -> client.postPatiently("/v1/pairs", BODY));

        // Then
        assertThat(failure.notFound()).isFalse();
        assertThat(traffic.failures()).isEqualTo(1);
    }
}
