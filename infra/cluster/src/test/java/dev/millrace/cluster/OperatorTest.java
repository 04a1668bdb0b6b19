package dev.millrace.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.devstack.process.Screen;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The operator on a real API server with real controllers, with no more rights than its chart gives it. */
@Tag("cluster")
final class OperatorTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Several passes of an operator that looks every two seconds. */
    private static final Duration PASSES = Duration.ofSeconds(12);

    private static RunningOperator operator;

    private final ApiServer api = SharedPlane.get().api();
    private final EncoderObjects encoder = new EncoderObjects(api, SharedPlane.namespace());

    @BeforeAll
    static void start() {
        RunningOperator.install(SharedPlane.get());
        operator = RunningOperator.start(SharedPlane.get(), "operator");
    }

    @AfterAll
    static void stop() {
        operator.close();
    }

    @AfterEach
    void nothingIsLeft() {
        api.find(encoder.name()).ifPresent(found -> api.delete(encoder.name()));
        await().atMost(PATIENCE).until(() -> api.find(encoder.name()).isEmpty());
        api.delete(new ObjectName("v1", "Namespace", "", encoder.namespace()));
    }

    @Test
    void anEncoderBecomesItsObjectsAndItsStatusSaysHowTheyDo() {
        // Given
        long begin = System.nanoTime();

        // When
        encoder.apply(2, "");

        // Then
        encoder.awaitSettled();
        Screen.stdout()
                .line(encoder.objects().size() + " objects of an encoder, all pods ready, in " + seconds(begin) + " s");
        String uid = api.get(encoder.name()).at("/metadata/uid").asText();
        assertThat(encoder.objects()).hasSizeGreaterThan(10).allSatisfy(object -> assertThat(
                        api.get(object).at("/metadata/ownerReferences/0/uid").asText())
                .isEqualTo(uid));
        assertThat(encoder.status().at("/trainers/ready").asInt()).isEqualTo(1);
        assertThat(encoder.status().path("progress").asText()).contains("1 of 1 trainers ready");
        assertThat(api.get(encoder.name()).at("/metadata/finalizers/0").asText())
                .isEqualTo("millrace.dev/data-kept");
    }

    @Test
    void nothingIsWrittenWhereNothingChanges() {
        // Given
        encoder.apply(2, "").awaitSettled();
        await("controllers have done, too").pollDelay(PASSES).atMost(PATIENCE).until(() -> true);
        Map<String, String> before = encoder.resourceVersions();

        // When
        encoder.apply(2, "");

        // Then
        await("several passes").during(PASSES).atMost(PASSES.plusSeconds(10)).until(() -> encoder.resourceVersions()
                .equals(before));
    }

    @Test
    void aChangeReachesThePods() {
        // Given
        encoder.apply(2, "").awaitSettled();

        // When
        encoder.apply(3, "learning: {temperature: 0.07}");

        // Then
        encoder.awaitSettled();
        JsonNode encoders = api.get(encoder.workload("Deployment", "encoder"));
        assertThat(encoders.at("/status/readyReplicas").asInt()).isEqualTo(3);
        assertThat(api.get(encoder.workload("StatefulSet", "trainer")).toString())
                .contains("MILLRACE_LEARNING_TEMPERATURE");
    }

    @Test
    void whatIsChangedByHandIsTakenBackAndWhatIsAddedStays() {
        // Given
        encoder.apply(2, "").awaitSettled();
        ObjectName ingestion = encoder.workload("Deployment", "ingestion");
        ObjectName service = new ObjectName("v1", "Service", encoder.namespace(), "shop-millrace-encoder");
        int grace = grace(ingestion);

        // When
        api.merge(ingestion, "", Yaml.read("""
                metadata: {annotations: {team: search}}
                spec: {template: {spec: {terminationGracePeriodSeconds: 1}}}
                """));
        api.delete(service);

        // Then
        await().atMost(PATIENCE)
                .until(() -> grace(ingestion) == grace && api.find(service).isPresent());
        assertThat(api.get(ingestion).at("/metadata/annotations/team").asText()).isEqualTo("search");
    }

    private int grace(ObjectName deployment) {
        return api.get(deployment)
                .at("/spec/template/spec/terminationGracePeriodSeconds")
                .asInt();
    }

    /** What kubectl scale and an autoscaler do. */
    @Test
    void theScaleSubresourceIsFollowed() {
        // Given
        encoder.apply(2, "").awaitSettled();

        // When
        api.merge(encoder.name(), "/scale", Yaml.read("spec: {replicas: 3}"));

        // Then: whoever waits for it to be ready learns of nothing that is not so
        await().atMost(PATIENCE).until(() -> {
            assertThat(Conditions.of(api.get(encoder.name())).isTrue("Ready")).isTrue();
            return encoder.trainers() == 3
                    && api.get(encoder.name(), "scale").at("/status/replicas").asInt() == 3;
        });
        encoder.awaitSettled();
        assertThat(encoder.status().at("/trainers/ready").asInt()).isEqualTo(3);
        assertThat(api.get(encoder.name(), "scale").at("/status/selector").asText())
                .contains("app.kubernetes.io/component=trainer");
    }

    /** Of which there are eight. */
    @Test
    void trainersAreNoMoreThanThereAreGpusFor() {
        // Given
        encoder.apply(1, "trainers: {min: 1, max: 12, gpu: nvidia.com/gpu}").awaitSettled();

        // When
        api.merge(encoder.name(), "/scale", Yaml.read("spec: {replicas: 12}"));

        // Then
        await().atMost(PATIENCE).until(() -> encoder.trainers() == 8);
        await("several passes").during(PASSES).atMost(PASSES.plusSeconds(10)).until(() -> encoder.trainers() == 8);
        encoder.awaitSettled();
        assertThat(encoder.status().at("/trainers/reason").asText()).endsWith("12 wanted, GPUs for 8");
    }

    @Test
    void whatTheDefinitionKnowsTheApiServerRefuses() {
        // Given
        String spec = "trainers: {min: 0}";

        // When
        RefusedException refusal = catchThrowableOfType(RefusedException.class, () -> encoder.apply(2, spec));

        // Then
        assertThat(refusal)
                .hasMessageContaining("spec.trainers.min")
                .hasMessageContaining("greater than or equal to 1");
    }

    @Test
    void aBadSpecIsToldByItsFieldAndStopsNothing() {
        // Given
        encoder.apply(2, "").awaitSettled();

        // When
        encoder.apply(2, "learning: {temperatur: 0.07}");

        // Then
        await().atMost(PATIENCE)
                .until(() -> Conditions.of(api.get(encoder.name())).isTrue("Degraded")
                        && encoder.status().toString().contains("temperatur"));
        assertThat(Conditions.of(api.get(encoder.name())).isTrue("Ready")).isTrue();
        assertThat(encoder.trainers()).isEqualTo(1);
    }

    @Test
    void whatWasLearnedOutlivesTheEncoder() {
        // Given
        ObjectName claim = BaseModel.claim(encoder.namespace());
        encoder.apply(2, "model: {path: /models/base, claim: base-model}").awaitSettled();
        List<ObjectName> objects = encoder.objects();

        // When
        api.delete(encoder.name());

        // Then
        await().atMost(PATIENCE).until(() -> api.find(encoder.name()).isEmpty());
        await().atMost(PATIENCE).until(() -> objects.stream()
                .allMatch(object -> api.find(object).isEmpty()));
        assertThat(api.find(claim)).isPresent();
        assertThat(api.list(new ObjectName("v1", "Event", encoder.namespace(), ""), ""))
                .extracting(event -> event.path("message").asText())
                .anyMatch(message -> message.startsWith("kept: every version in the bucket millrace"));
    }

    @Test
    void whoWaitsTakesOverWhenWhoActsIsKilled() throws InterruptedException {
        // Given
        encoder.apply(2, "").awaitSettled();
        RunningOperator waiting = RunningOperator.start(SharedPlane.get(), "operator-2");
        String holder = holder();
        operator.crash();
        long begin = System.nanoTime();

        // When
        encoder.apply(3, "");

        // Then
        encoder.awaitSettled();
        Screen.stdout().line("another operator has reconciled " + seconds(begin) + " s after the first was killed");
        assertThat(holder()).isNotEqualTo(holder);
        operator = waiting;
    }

    private String holder() {
        return api.get(new ObjectName(
                        "coordination.k8s.io/v1", "Lease", RunningOperator.NAMESPACE, "millrace-operator"))
                .at("/spec/holderIdentity")
                .asText();
    }

    private static long seconds(long begin) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
    }
}
