package dev.millrace.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.deploy.Rendered;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real controllers and a real scheduler make of the chart, in a namespace of the strictest security standard. */
@Tag("cluster")
final class WorkloadsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @ParameterizedTest
    @CsvSource({"minimal, 7", "full, 8", "gpu, 7"})
    void everyPodIsPlacedAndReady(String values, int pods) {
        // Given
        Release release = release(values, Map.of());
        BaseModel.claim(release.namespace());

        // When
        release.apply();

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(List.of("ingestion", "attribution", "encoder", "trainer"))
                        .flatExtracting(release::pods)
                        .hasSize(pods)
                        .allMatch(pod -> Conditions.of(pod).isTrue("Ready")));
        release.delete();
    }

    @Test
    void whoAsksForAGpuGoesWhereOneIs() {
        // Given
        Release release = release("gpu", Map.of());
        BaseModel.claim(release.namespace());

        // When
        release.apply().awaitWorkloads();

        // Then: encoders without a word about taints, too
        assertThat(List.of("encoder", "trainer"))
                .flatExtracting(release::pods)
                .allMatch(pod -> pod.at("/spec/nodeName").asText().equals("node-gpu"));
        assertThat(List.of("ingestion", "attribution"))
                .flatExtracting(release::pods)
                .noneMatch(pod -> pod.at("/spec/nodeName").asText().equals("node-gpu"));
        release.delete();
    }

    /** As `kubectl drain` does: first no node takes new pods, so that what is evicted is missed until one does again. */
    @Test
    void aBudgetLetsOnePodGoAtATime() {
        // Given
        Release release = release("minimal", Map.of()).apply();
        release.awaitWorkloads();
        await().atMost(PATIENCE).until(() -> disruptionsAllowed(release) == 1);
        List<JsonNode> encoders = release.pods("encoder");
        cordon(release.api(), true);
        evict(release, encoders.get(0));

        // When
        RefusedException refusal = catchThrowableOfType(RefusedException.class, () -> evict(release, encoders.get(1)));

        // Then
        cordon(release.api(), false);
        assertThat(refusal).hasMessageContaining("disruption budget");
        assertThat(refusal.status()).isEqualTo(429);
        release.delete();
    }

    private static void cordon(ApiServer api, boolean closed) {
        JsonNode change = Yaml.read("spec: {unschedulable: %s}".formatted(closed));
        api.list(new ObjectName("v1", "Node", "", ""), "")
                .forEach(node -> api.merge(
                        new ObjectName(
                                "v1", "Node", "", node.at("/metadata/name").asText()),
                        "",
                        change));
    }

    @Test
    void autoscalersFindWhatTheyScale() {
        // Given
        Release release = release("full", Map.of());

        // When
        release.apply();

        // Then
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(release.ofKind("HorizontalPodAutoscaler"))
                .hasSize(2)
                .allMatch(scaler -> Conditions.of(scaler).isTrue("AbleToScale")));
        release.delete();
    }

    /** As `helm upgrade` does: the same release with another value. */
    @Test
    void anUpgradeReplacesEveryPod() {
        // Given
        Release before = release("minimal", Map.of()).apply();
        before.awaitWorkloads();
        List<JsonNode> old = before.pods("encoder");
        Release after = release(before.namespace(), "minimal", Map.of("encoder.config.max-batch", 64));

        // When
        after.apply();

        // Then
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(after.pods("encoder"))
                .hasSize(old.size())
                .allMatch(pod -> Conditions.of(pod).isTrue("Ready"))
                .extracting(pod -> pod.at("/metadata/name").asText())
                .doesNotContainAnyElementsOf(old.stream()
                        .map(pod -> pod.at("/metadata/name").asText())
                        .toList()));
        after.delete();
    }

    private static void evict(Release release, JsonNode pod) {
        ObjectName name = new ObjectName(
                "v1", "Pod", release.namespace(), pod.at("/metadata/name").asText());
        release.api().create(name, "eviction", Yaml.read("""
                apiVersion: policy/v1
                kind: Eviction
                metadata: {name: %s}
                """.formatted(name.name())));
    }

    private static int disruptionsAllowed(Release release) {
        return release.one("PodDisruptionBudget", "encoder")
                .at("/status/disruptionsAllowed")
                .asInt();
    }

    private static Release release(String values, Map<String, Object> changes) {
        return release(SharedPlane.namespace(), values, changes);
    }

    private static Release release(String namespace, String values, Map<String, Object> changes) {
        return new Release(
                SharedPlane.get().api(),
                namespace,
                Rendered.with(values, changes).documents());
    }
}
