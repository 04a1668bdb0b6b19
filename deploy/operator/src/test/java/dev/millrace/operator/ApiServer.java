package dev.millrace.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.operator.chart.Chart;
import dev.millrace.operator.progress.Observation;
import dev.millrace.operator.resource.Encoder;
import dev.millrace.operator.resource.EncoderStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/** An API server in memory, with an operator at it. */
final class ApiServer implements AutoCloseable {
    /** It logs every request. */
    private static final Logger MOCK = Logger.getLogger(MockWebServer.class.getName());

    private static final Chart CHART = Chart.inThisProcess("1.30");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ApplyingDispatcher dispatcher = new ApplyingDispatcher();
    private final KubernetesMockServer server;
    private final KubernetesClient client;
    private final OperatorWiring operator;
    private final AtomicReference<Observation> observation = new AtomicReference<>(Observation.nothing());

    /** With an operator that has these settings besides. */
    ApiServer(Map<String, String> settings) {
        MOCK.setLevel(Level.WARNING);
        dispatcher.expectCustomResource(CustomResourceDefinitionContext.fromCustomResourceType(Encoder.class));
        server = new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), dispatcher, false);
        server.init();
        client = server.createClient(builder ->
                builder.editOrNewConfig().withUserAgent(ApplyingDispatcher.TEST).endConfig());
        final Map<String, String> environment = new HashMap<>(settings);
        environment.put("MILLRACE_OPERATOR_INTERVAL", "PT1S");
        environment.put("MILLRACE_OPERATOR_PORT", "0");
        operator = OperatorWiring.start(
                OperatorSettings.of(environment), server.createClient(), CHART, encoder -> observation.get());
    }

    KubernetesClient client() {
        return client;
    }

    int healthPort() {
        return operator.healthPort();
    }

    List<ApplyingDispatcher.Request> requests() {
        return dispatcher.requests();
    }

    /** What is seen from now on. */
    void seen(Observation now) {
        observation.set(now);
    }

    /** The encoder {@code shop} as soon as its status is so. */
    Encoder until(Predicate<EncoderStatus> so) {
        until(() -> status().filter(so).isPresent());
        return encoder().orElseThrow();
    }

    void untilThereIs(String statefulSet) {
        until(() -> client.apps()
                        .statefulSets()
                        .inNamespace("mill")
                        .withName(statefulSet)
                        .get()
                != null);
    }

    void until(BooleanSupplier so) {
        final Instant end = Instant.now().plus(PATIENCE);
        while (!so.getAsBoolean()) {
            assertThat(Instant.now()).as("%s", status()).isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private Optional<EncoderStatus> status() {
        return encoder().flatMap(encoder -> Optional.ofNullable(encoder.getStatus()));
    }

    private Optional<Encoder> encoder() {
        return Optional.ofNullable(client.resources(Encoder.class)
                .inNamespace("mill")
                .withName("shop")
                .get());
    }

    @Override
    public void close() {
        operator.close();
        client.close();
        server.destroy();
    }
}
