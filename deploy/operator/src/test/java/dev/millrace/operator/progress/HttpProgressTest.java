package dev.millrace.operator.progress;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.millrace.operator.Encoders;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
final class HttpProgressTest {
    private static final String SERVED = "millrace_encoder_served_version_info{version=\"v000007-aa\"} 1.0\n";

    private KubernetesClient client;
    private HttpServer service;

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/q/metrics", exchange -> {
            final boolean admin =
                    "Bearer mine".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            final byte[] body = SERVED.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(admin ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    @Test
    void runningPodsOfTheEncoderAreAskedAsAdmin() {
        // Given
        List.of(pod("e-0", "encoder", "shop", "Running"), pod("t-0", "trainer", "shop", "Pending"))
                .forEach(pod -> client.resource(pod).create());
        final Progress progress = new HttpProgress(client, Optional.of("mine"));

        // When
        final Observation observation = progress.of(Encoders.smallest());

        // Then
        assertThat(observation.served()).contains("v000007-aa");
        assertThat(observation.troubles()).isEmpty();
    }

    @Test
    void whoRefusesOrIsNotThereIsSilent() {
        // Given
        final Pod gone = new PodBuilder(pod("t-1", "trainer", "shop", "Running"))
                .editMetadata()
                .addToAnnotations(HttpProgress.ADDRESS, "127.0.0.1:1")
                .endMetadata()
                .build();
        List.of(pod("t-0", "trainer", "shop", "Running"), gone, pod("o-0", "trainer", "other", "Running"))
                .forEach(pod -> client.resource(pod).create());
        final Progress progress = new HttpProgress(client, Optional.empty());

        // When
        final Observation observation = progress.of(Encoders.smallest());

        // Then
        assertThat(observation.backlog()).isEmpty();
        assertThat(observation.troubles()).hasSize(2).allMatch(trouble -> trouble.reason()
                .equals("TrainerSilent"));
    }

    private Pod pod(String name, String component, String instance, String phase) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("mill")
                .addToLabels("app.kubernetes.io/instance", instance)
                .addToLabels("app.kubernetes.io/part-of", "millrace")
                .addToLabels("app.kubernetes.io/component", component)
                .addToAnnotations(
                        HttpProgress.ADDRESS,
                        "127.0.0.1:" + service.getAddress().getPort())
                .endMetadata()
                .withNewStatus()
                .withPhase(phase)
                .endStatus()
                .build();
    }
}
