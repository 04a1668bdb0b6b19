package dev.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

final class ScalingTest {
    static final List<String> SERVICES = Repository.SERVICES;

    @Test
    void trainersScaleOnTheLagOfPairs() {
        // Given
        final String values = "full";

        // When
        final JsonNode scaled = Rendered.with(values).one("ScaledObject", "trainer");

        // Then
        final JsonNode spec = scaled.path("spec");
        assertThat(scaled.path("apiVersion").asText()).isEqualTo("keda.sh/v1alpha1");
        assertThat(spec.path("scaleTargetRef"))
                .hasToString("{\"apiVersion\":\"apps/v1\",\"kind\":\"StatefulSet\",\"name\":\"mill-trainer\"}");
        assertThat(spec.path("minReplicaCount").asInt()).isEqualTo(1);
        assertThat(spec.path("maxReplicaCount").asInt()).isEqualTo(12);
        assertThat(spec.has("idleReplicaCount")).as("never below the minimum").isFalse();
        assertThat(spec.path("triggers")).hasSize(1);
        assertThat(spec.at("/triggers/0/type").asText()).isEqualTo("kafka");
        assertThat(spec.at("/pollingInterval").asInt()).isEqualTo(60);
        assertThat(spec.at("/triggers/0/useCachedMetrics").asBoolean()).isTrue();
        assertThat(spec.at("/triggers/0/authenticationRef/name").asText()).isEqualTo("keda-kafka");
        final Map<String, String> metadata = new TreeMap<>();
        spec.at("/triggers/0/metadata").properties().forEach(entry -> {
            assertThat(entry.getValue().isTextual())
                    .as("KEDA takes strings only: %s", entry.getKey())
                    .isTrue();
            metadata.put(entry.getKey(), entry.getValue().asText());
        });
        assertThat(metadata)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("bootstrapServers", "kafka-0:9093,kafka-1:9093"),
                        Map.entry("consumerGroup", "eu.millrace-trainer"),
                        Map.entry("topic", "eu.pairs"),
                        Map.entry("lagThreshold", "5000"),
                        Map.entry("offsetResetPolicy", "earliest"),
                        Map.entry("allowIdleConsumers", "false"),
                        Map.entry("limitToPartitionsWithLag", "true"),
                        Map.entry("excludePersistentLag", "true"),
                        Map.entry("scaleToZeroOnInvalidOffset", "false"),
                        Map.entry("sasl", "scram_sha512"),
                        Map.entry("tls", "enable")));
    }

    @Test
    void trainersLeaveOneByOneAndNotInHaste() {
        // Given
        final Map<String, Object> change =
                Map.of("trainer.autoscaling.enabled", true, "trainer.autoscaling.scaleDownStabilizationSeconds", 900);

        // When
        final JsonNode behavior = Rendered.with("minimal", change)
                .one("ScaledObject", "trainer")
                .at("/spec/advanced/horizontalPodAutoscalerConfig/behavior");

        // Then
        assertThat(behavior.at("/scaleDown/stabilizationWindowSeconds").asInt()).isEqualTo(900);
        assertThat(behavior.at("/scaleDown/policies"))
                .hasToString("[{\"type\":\"Pods\",\"value\":1,\"periodSeconds\":120}]");
        assertThat(behavior.at("/scaleUp/stabilizationWindowSeconds").asInt()).isEqualTo(60);
    }

    @Test
    void nothingScalesUnlessAskedTo() {
        // Given
        final Map<String, Object> change = Map.of();

        // When
        final Rendered rendered = Rendered.with("minimal", change);

        // Then
        assertThat(rendered.ofKind("ScaledObject")).isEmpty();
        assertThat(rendered.ofKind("HorizontalPodAutoscaler")).isEmpty();
        assertThat(rendered.one("StatefulSet", "trainer").at("/spec/replicas").asInt())
                .as("more trainers learn no faster")
                .isEqualTo(1);
        assertThat(rendered.one("Deployment", "encoder").at("/spec/replicas").asInt())
                .isEqualTo(2);
    }

    @Test
    void trainersJoinTheGroupWhoseLagIsWatched() {
        // Given
        final Map<String, Object> change = Map.of("trainer.consumerGroup", "learners");

        // When
        final Rendered rendered = Rendered.with("full", change);

        // Then
        assertThat(rendered.env("trainer", "MILLRACE_TRAINER_GROUP")
                        .path("value")
                        .asText())
                .isEqualTo("learners");
        assertThat(rendered.one("ScaledObject", "trainer")
                        .at("/spec/triggers/0/metadata/consumerGroup")
                        .asText())
                .isEqualTo("learners");
    }

    @ParameterizedTest
    @CsvSource({"ingestion, 2, 5", "encoder, 3, 9"})
    void frontsScaleOnCpu(final String service, final int least, final int most) {
        // Given
        final String values = "full";

        // When
        final Rendered rendered = Rendered.with(values);

        // Then
        final JsonNode spec = rendered.one("HorizontalPodAutoscaler", service).path("spec");
        assertThat(spec.at("/scaleTargetRef/name").asText()).isEqualTo("mill-" + service);
        assertThat(spec.path("minReplicas").asInt()).isEqualTo(least);
        assertThat(spec.path("maxReplicas").asInt()).isEqualTo(most);
        assertThat(spec.at("/metrics/0/resource/target/averageUtilization").asInt())
                .isEqualTo(70);
        assertThat(rendered.one("Deployment", service).at("/spec/replicas").isMissingNode())
                .isTrue();
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void disruptionsTakeOnePodAtATime(final String service) {
        // Given
        final String values = "minimal";

        // When
        final JsonNode budget = Rendered.with(values).one("PodDisruptionBudget", service);

        // Then
        assertThat(budget.at("/spec/maxUnavailable").asInt()).isEqualTo(1);
        assertThat(budget.at("/spec/selector/matchLabels/app.kubernetes.io~1component")
                        .asText())
                .isEqualTo(service);
    }
}
