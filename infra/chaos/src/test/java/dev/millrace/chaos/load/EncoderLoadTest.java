package dev.millrace.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.millrace.devstack.process.Screen;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rule by which an unanswered request counts. */
class EncoderLoadTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final AtomicInteger status = new AtomicInteger(200);
    private HttpServer encoder;
    private EncoderLoad load;

    @BeforeEach
    void start() throws IOException {
        encoder = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        encoder.createContext("/v1/embeddings", exchange -> {
            byte[] body = "{\"model\": \"v7\", \"data\": [{\"index\": 0, \"embedding\": \"AACAPw==\"}]}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("X-Millrace-Space", "space");
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status.get(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        encoder.start();
        load = new EncoderLoad(
                URI.create("http://127.0.0.1:" + encoder.getAddress().getPort()), Screen.silent());
    }

    @AfterEach
    void stop() {
        load.close();
        encoder.stop(0);
    }

    @Test
    void anEncoderThatNobodyTouchedHasNoExcuse() {
        // Given
        awaitAnswers();

        // When
        status.set(503);

        // Then
        await("a failure").atMost(LIMIT).until(() -> load.answers().failed() > 0);
        assertThat(load.served()).containsExactly("v7");
        assertThat(load.answers().excused()).isZero();
    }

    @Test
    void anEncoderThatIsHitIsExcusedUntilItIsReady() throws InterruptedException {
        // Given
        awaitAnswers();

        // When
        load.excusing(() -> {
            status.set(503);
            await("an excuse").atMost(LIMIT).until(() -> load.answers().excused() > 0);
            status.set(200);
        });

        // Then
        awaitAnswers();
        assertThat(load.answers().failed()).isZero();
    }

    private void awaitAnswers() {
        long before = load.answers().asked();
        await("answers").atMost(LIMIT).until(() -> load.answers().asked() > before + 2);
    }
}
