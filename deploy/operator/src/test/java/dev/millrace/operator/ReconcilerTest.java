package dev.millrace.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.operator.progress.Backlog;
import dev.millrace.operator.progress.Head;
import dev.millrace.operator.progress.Observation;
import dev.millrace.operator.resource.Encoder;
import dev.millrace.operator.resource.EncoderStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole operator on an API server in memory; how trainers do is told by hand. */
final class ReconcilerTest {
    private final ApiServer server = new ApiServer(Map.of());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everyObjectOfTheChartIsAppliedAndTheStatusSaysHowItDoes() {
        // Given
        server.seen(new Observation(
                Optional.of("v000012-aa"),
                Optional.of(new Head("v000013-bb", Optional.of(.83), Optional.of(true))),
                Optional.of(new Backlog(120, Duration.ofSeconds(14), 3)),
                List.of()));

        // When
        server.client().resource(Encoders.smallest()).create();

        // Then
        final Encoder encoder = server.until(
                status -> status.objects().size() > 10 && !status.conditions().isEmpty());
        final EncoderStatus status = encoder.getStatus();
        assertThat(status.objects())
                .contains("apps/v1/StatefulSet/shop-millrace-trainer", "v1/Service/shop-millrace-encoder");
        assertThat(status.quality().servedVersion()).isEqualTo("v000012-aa");
        assertThat(status.quality().headVersion()).isEqualTo("v000013-bb");
        assertThat(status.quality().hitAt1()).isEqualTo(.83);
        assertThat(status.quality().gate()).isEqualTo("trusted");
        assertThat(status.backlog().records()).isEqualTo(120);
        assertThat(status.backlog().behindSeconds()).isEqualTo(14);
        server.untilThereIs("shop-millrace-trainer");
        assertThat(trainer().getSpec().getReplicas()).isEqualTo(1);
        assertThat(trainer().getMetadata().getOwnerReferences()).singleElement().satisfies(owner -> assertThat(
                        owner.getUid())
                .isEqualTo(encoder.getMetadata().getUid()));
        assertThat(server.requests())
                .filteredOn(request -> request.path().endsWith("/statefulsets/shop-millrace-trainer")
                        && request.method().equals("PATCH"))
                .isNotEmpty()
                .allMatch(request -> request.query().contains("fieldManager=millrace-operator")
                        && request.query().contains("force=true"));
        assertThat(encoder.getMetadata().getFinalizers()).containsExactly("millrace.dev/data-kept");
    }

    @Test
    void conditionsFollowThePods() {
        // Given
        server.client().resource(Encoders.smallest()).create();
        server.untilThereIs("shop-millrace-trainer");
        server.until(status -> is(status, "Ready", "False") && is(status, "Progressing", "True"));

        // When
        allReady();

        // Then
        final EncoderStatus status = server.until(seen -> is(seen, "Ready", "True") && is(seen, "Progressing", "False"))
                .getStatus();
        assertThat(is(status, "Degraded", "False")).isTrue();
        assertThat(status.trainers().ready()).isEqualTo(1);
        assertThat(status.trainers().selector()).contains("app.kubernetes.io/component=trainer");
    }

    @Test
    void aBadSpecIsToldByItsFieldAndStopsNothing() {
        // Given
        server.client().resource(Encoders.smallest()).create();
        server.untilThereIs("shop-millrace-trainer");
        change(Encoders.with("{trainers: {min: 9}}"));
        final EncoderStatus bad =
                server.until(status -> is(status, "Degraded", "True")).getStatus();

        // When
        change(Encoders.with("{trainers: {min: 2}}"));

        // Then
        assertThat(message(bad, "Degraded"))
                .isEqualTo("spec.trainers.min: 9 is beyond spec.stream.partitions, 4:"
                        + " the trainers in excess would have no partition");
        assertThat(bad.objects()).contains("apps/v1/StatefulSet/shop-millrace-trainer");
        server.until(status -> is(status, "Degraded", "False"));
        server.until(() -> trainer().getSpec().getReplicas() == 2);
    }

    @Test
    void whatIsNoLongerRenderedGoes() {
        // Given
        server.client()
                .resource(Encoders.with("{stream: {bootstrapServers: 'b:1', properties: {client.id: mine}}}"))
                .create();
        server.until(() -> config().isPresent());

        // When
        change(Encoders.with("{stream: {bootstrapServers: 'b:1', properties: null}}"));

        // Then
        server.until(() -> config().isEmpty());
        server.until(status -> !status.objects().contains("v1/ConfigMap/shop-millrace-kafka"));
    }

    @Test
    void anotherOnesObjectIsLeftAlone() {
        // Given
        final Service theirs = new ServiceBuilder()
                .withNewMetadata()
                .withName("shop-millrace-encoder")
                .withNamespace("mill")
                .addToLabels("app.kubernetes.io/managed-by", "Helm")
                .endMetadata()
                .build();
        server.client().resource(theirs).create();

        // When
        server.client().resource(Encoders.smallest()).create();

        // Then
        final EncoderStatus status =
                server.until(seen -> is(seen, "Degraded", "True")).getStatus();
        assertThat(message(status, "Degraded")).contains("v1/Service/shop-millrace-encoder", "Helm release");
        assertThat(status.objects()).isEmpty();
        assertThat(server.client().resource(theirs).get().getMetadata().getOwnerReferences())
                .isEmpty();
    }

    @Test
    void trainersFollowHowFarBehindTheyAre() {
        // Given
        final String quick = "{trainers: {scaling: {scaleUpStabilizationSeconds: 0}}}";
        server.client().resource(Encoders.with(quick)).create();
        server.untilThereIs("shop-millrace-trainer");

        // When
        server.seen(new Observation(
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Backlog(90_000, Duration.ofMinutes(10), 4)),
                List.of()));

        // Then
        server.until(() -> trainer().getSpec().getReplicas() == 4);
        server.until(status -> status.trainers().replicas() == 4);
        server.seen(Observation.nothing());
        final EncoderStatus unknown = server.until(
                        status -> status.trainers().reason().contains("not known"))
                .getStatus();
        assertThat(unknown.trainers().replicas()).isEqualTo(4);
    }

    @Test
    void whatWasLearnedOutlivesTheEncoder() {
        // Given
        final Encoder encoder = server.client().resource(Encoders.smallest()).create();
        server.untilThereIs("shop-millrace-trainer");
        server.until(status -> !status.conditions().isEmpty());

        // When
        server.client().resource(encoder).delete();

        // Then
        server.until(() -> server.client().resource(encoder).get() == null);
        assertThat(server.client()
                        .apps()
                        .statefulSets()
                        .inNamespace("mill")
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(server.client().v1().events().inNamespace("mill").list().getItems())
                .singleElement()
                .satisfies(event -> assertThat(event.getMessage())
                        .startsWith("kept: every version in the bucket millrace of http://minio:9000"));
    }

    /** One object that cannot be applied keeps no other from being. */
    @Test
    void aKindThatTheClusterDoesNotHaveIsTold() {
        // Given
        final Encoder encoder = Encoders.with("{values: {metrics: {podMonitor: {enabled: true}}}}");

        // When
        server.client().resource(encoder).create();

        // Then
        final EncoderStatus status =
                server.until(seen -> is(seen, "Degraded", "True")).getStatus();
        assertThat(condition(status, "Degraded").orElseThrow().getReason()).isEqualTo("MissingKind");
        assertThat(message(status, "Degraded")).startsWith("the cluster has no PodMonitor of monitoring.coreos.com/v1");
        server.untilThereIs("shop-millrace-trainer");
    }

    @Test
    void itIsAliveWhileItWatches() throws Exception {
        // Given
        final URI live = URI.create("http://127.0.0.1:" + server.healthPort() + "/q/health/live");

        // When
        final String answer;
        try (InputStream body = live.toURL().openStream()) {
            answer = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }

        // Then
        assertThat(answer).isEqualTo("{\"status\":\"UP\"}");
    }

    /** Until it meets no change of the operator's, which writes the same object's status meanwhile. */
    private void change(Encoder encoder) {
        server.until(() -> changed(encoder));
    }

    private boolean changed(Encoder encoder) {
        final Encoder stored = server.client().resource(encoder).get();
        stored.setSpec(encoder.getSpec());
        try {
            server.client().resource(stored).update();
            return true;
        } catch (KubernetesClientException e) {
            assertThat(e.getCode()).isEqualTo(HttpURLConnection.HTTP_CONFLICT);
            return false;
        }
    }

    private void allReady() {
        final KubernetesClient client = server.client();
        client.apps().deployments().inNamespace("mill").list().getItems().forEach(deployment -> client.resource(
                        deployment)
                .editStatus(ReconcilerTest::ready));
        client.apps().statefulSets().inNamespace("mill").list().getItems().forEach(set -> client.resource(set)
                .editStatus(ReconcilerTest::ready));
    }

    private static Deployment ready(Deployment deployment) {
        final int replicas = deployment.getSpec().getReplicas();
        deployment.setStatus(new DeploymentStatusBuilder()
                .withObservedGeneration(99L)
                .withUpdatedReplicas(replicas)
                .withReadyReplicas(replicas)
                .build());
        return deployment;
    }

    private static StatefulSet ready(StatefulSet set) {
        final int replicas = set.getSpec().getReplicas();
        set.setStatus(new StatefulSetStatusBuilder()
                .withObservedGeneration(99L)
                .withReplicas(replicas)
                .withUpdatedReplicas(replicas)
                .withReadyReplicas(replicas)
                .build());
        return set;
    }

    private StatefulSet trainer() {
        return server.client()
                .apps()
                .statefulSets()
                .inNamespace("mill")
                .withName("shop-millrace-trainer")
                .get();
    }

    private Optional<ConfigMap> config() {
        return Optional.ofNullable(server.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("shop-millrace-kafka")
                        .withNamespace("mill")
                        .endMetadata()
                        .build())
                .get());
    }

    private static boolean is(EncoderStatus status, String type, String value) {
        return condition(status, type)
                .filter(condition -> condition.getStatus().equals(value))
                .isPresent();
    }

    private static String message(EncoderStatus status, String type) {
        return condition(status, type).orElseThrow().getMessage();
    }

    private static Optional<Condition> condition(EncoderStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }
}
