package dev.millrace.devstack.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.millrace.devstack.clients.Management;
import dev.millrace.devstack.process.StartFailedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StartProbeTest {
    private static final String UP = "{\"status\": \"UP\", \"checks\": []}";

    private final AtomicReference<String> health = new AtomicReference<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private HttpServer server;
    private StartProbe probe;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/q/health/ready", exchange -> {
            byte[] body = health.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(health.get().equals(UP) ? 200 : 503, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        probe = new StartProbe("trainer", url, new Management(), now::get);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private boolean asked(Duration later, String answer) throws InterruptedException {
        now.updateAndGet(before -> before.plus(later));
        health.set(answer);
        return probe.ready();
    }

    private static String failing(String failure) {
        return """
                {"status": "DOWN", "checks": [
                 {"name": "broker", "status": "UP", "data": {"failure": "is up and does not count"}},
                 {"name": "lineage", "status": "DOWN", "data": {"version": "none", "failure": "%s"}}]}
                """.formatted(failure);
    }

    @Test
    void aFailureThatStaysIsTheEndOfTheStartInTheServicesOwnWords() throws InterruptedException {
        // Given
        asked(Duration.ZERO, failing("the base model is refused: config.json: hidden_act"));
        asked(Duration.ofSeconds(19), failing("the base model is refused: config.json: hidden_act"));

        // When / Then
        assertThatThrownBy(() ->
                        asked(Duration.ofSeconds(1), failing("the base model is refused: config.json: hidden_act")))
                .isInstanceOf(StartFailedException.class)
                .hasMessage("trainer does not start: the base model is refused: config.json: hidden_act");
    }

    @Test
    void aFailureThatPassesOrIsAnotherIsWaitedFor() throws InterruptedException {
        // When
        List<Boolean> ready = new ArrayList<>();
        ready.add(asked(Duration.ofSeconds(15), failing("the bucket is away")));
        ready.add(asked(Duration.ofSeconds(15), failing("the broker is away")));
        ready.add(asked(Duration.ofSeconds(15), failing("none")));
        ready.add(asked(Duration.ofMinutes(5), failing("none")));
        ready.add(asked(Duration.ofSeconds(1), "a proxy's page"));
        ready.add(asked(Duration.ofSeconds(1), UP));

        // Then
        assertThat(ready).containsExactly(false, false, false, false, false, true);
    }
}
