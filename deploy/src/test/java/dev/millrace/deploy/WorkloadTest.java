package dev.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkloadTest {
    private static final Set<String> RUN_A_MODEL = Set.of("trainer", "encoder");

    static final List<String> SERVICES = Repository.SERVICES;

    @ParameterizedTest
    @FieldSource("SERVICES")
    void podsRunWithoutPrivileges(final String service) {
        // Given
        final String values = "full";

        // When
        final Rendered rendered = Rendered.with(values);

        // Then
        final JsonNode pod = rendered.pod(service);
        assertThat(pod.path("containers")).hasSize(1);
        assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(pod.path("serviceAccountName").asText()).isEqualTo("mill");
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/runAsUser").asInt()).isEqualTo(10001);
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(pod.at("/containers/0/securityContext"))
                .hasToString(
                        "{\"allowPrivilegeEscalation\":false,\"readOnlyRootFilesystem\":true,"
                                + "\"runAsNonRoot\":true,\"capabilities\":{\"drop\":[\"ALL\"]},\"seccompProfile\":{\"type\":\"RuntimeDefault\"}}");
        assertThat(rendered.ofKind("ServiceAccount")
                        .get(0)
                        .path("automountServiceAccountToken")
                        .asBoolean(true))
                .isFalse();
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void probesResourcesAndSpreadAreSet(final String service) {
        // Given
        final String values = "minimal";

        // When
        final JsonNode pod = Rendered.with(values).pod(service);

        // Then
        final JsonNode container = pod.at("/containers/0");
        assertThat(container.at("/startupProbe/httpGet")).hasToString(probe("live"));
        assertThat(container.at("/livenessProbe/httpGet")).hasToString(probe("live"));
        assertThat(container.at("/readinessProbe/httpGet")).hasToString(probe("ready"));
        assertThat(container.at("/resources/requests/memory")).isEqualTo(container.at("/resources/limits/memory"));
        assertThat(pod.path("topologySpreadConstraints").findValuesAsText("topologyKey"))
                .containsExactly("kubernetes.io/hostname", "topology.kubernetes.io/zone");
        assertThat(pod.at("/topologySpreadConstraints/0/labelSelector/matchLabels/app.kubernetes.io~1component")
                        .asText())
                .isEqualTo(service);
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void whateverIsWrittenGoesToAVolume(final String service) {
        // Given
        final String values = "gpu";

        // When
        final Rendered rendered = Rendered.with(values);

        // Then
        final JsonNode pod = rendered.pod(service);
        final Set<String> writable = Rendered.items(pod.at("/containers/0/volumeMounts"))
                .filter(mount -> !mount.path("readOnly").asBoolean())
                .map(mount -> mount.path("mountPath").asText())
                .collect(Collectors.toSet());
        assertThat(writable)
                .isEqualTo(RUN_A_MODEL.contains(service) ? Set.of("/tmp", "/var/cache/millrace") : Set.of("/tmp"));
        assertThat(pod.path("volumes").findValues("emptyDir"))
                .hasSize(writable.size())
                .allSatisfy(
                        volume -> assertThat(volume.path("sizeLimit").asText()).isNotEmpty());
        assertThat(Rendered.items(pod.at("/containers/0/env"))
                        .filter(variable -> variable.path("name").asText().matches(".*_(CACHE|STATE|WORK)_DIR"))
                        .map(variable -> variable.path("value").asText()))
                .allMatch(folder -> folder.startsWith("/var/cache/millrace/"));
    }

    @Test
    void theTrainerKeepsItsIdentityAndHasTimeToLeave() {
        // Given
        final String values = "full";

        // When
        final JsonNode trainer = Rendered.with(values).one("StatefulSet", "trainer");

        // Then
        assertThat(trainer.at("/spec/serviceName").asText()).isEqualTo("mill-trainer");
        assertThat(trainer.at("/spec/podManagementPolicy").asText()).isEqualTo("Parallel");
        assertThat(trainer.at("/spec/template/spec/terminationGracePeriodSeconds")
                        .asInt())
                .isEqualTo(240);
        assertThat(trainer.at("/spec/replicas").isMissingNode())
                .as("left to KEDA")
                .isTrue();
    }

    @Test
    void aTrainerWithAGpuAsksForOneAndIsToldToUseIt() {
        // Given
        final String values = "gpu";

        // When
        final Rendered rendered = Rendered.with(values);

        // Then
        final JsonNode container = rendered.container("trainer");
        assertThat(container.path("image").asText()).isEqualTo("millrace/trainer:0.1.0-gpu");
        assertThat(container.at("/resources/limits/nvidia.com~1gpu").asInt()).isEqualTo(1);
        assertThat(container.at("/resources/limits/memory").asText()).isEqualTo("6Gi");
        assertThat(rendered.env("trainer", "MILLRACE_TRAINER_DEVICE")
                        .path("value")
                        .asText())
                .isEqualTo("cuda:0");
        assertThat(rendered.env("trainer", "MILLRACE_TRAINER_BASE_MODEL")
                        .path("value")
                        .asText())
                .isEqualTo("/models/base");
        assertThat(rendered.pod("trainer").path("volumes").toString())
                .contains("\"persistentVolumeClaim\":{\"claimName\":\"base-model\",\"readOnly\":true}");
        assertThat(rendered.one("StatefulSet", "trainer").at("/spec/replicas").asInt())
                .isEqualTo(1);
    }

    @Test
    void anEncoderWithAGpuAsksForOneAndIsToldToUseIt() {
        // Given
        final Map<String, Object> change = Map.of("trainer.gpu.enabled", false);

        // When
        final Rendered rendered = Rendered.with("gpu", change);

        // Then
        final JsonNode container = rendered.container("encoder");
        assertThat(container.path("image").asText()).isEqualTo("millrace/encoder:0.1.0-gpu");
        assertThat(container.at("/resources/limits/nvidia.com~1gpu").asInt()).isEqualTo(1);
        assertThat(container.at("/resources/limits/memory").asText()).isEqualTo("2Gi");
        assertThat(rendered.env("encoder", "MILLRACE_ENCODER_DEVICE")
                        .path("value")
                        .asText())
                .isEqualTo("cuda:0");
        assertThat(rendered.container("trainer").at("/resources/limits").has("nvidia.com/gpu"))
                .isFalse();
        assertThat(rendered.envNames("trainer")).doesNotContain("MILLRACE_TRAINER_DEVICE");
    }

    @ParameterizedTest(name = "{0} of cpu: {1} processors")
    @CsvSource({"250m, 1", "1, 1", "1500m, 2", "2, 2", "2.5, 3", "4000m, 4"})
    void withoutALimitTheRequestSaysHowManyProcessorsAreMeant(final String request, final int processors) {
        // Given
        final Map<String, Object> change = SERVICES.stream()
                .collect(Collectors.toMap(service -> service + ".resources.requests.cpu", service -> request));

        // When
        final Rendered rendered = Rendered.with("minimal", change);

        // Then
        assertThat(SERVICES).allSatisfy(service -> assertThat(
                        rendered.env(service, "JAVA_TOOL_OPTIONS").path("value").asText())
                .isEqualTo("-XX:ActiveProcessorCount=" + processors));
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void aLimitIsSeenByTheJvmItself(final String service) {
        // Given
        final Map<String, Object> change = Map.of(service + ".resources.limits.cpu", "3");

        // When
        final Rendered rendered = Rendered.with("minimal", change);

        // Then
        assertThat(rendered.envNames(service)).doesNotContain("JAVA_TOOL_OPTIONS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"trainer", "attribution"})
    void aMemberOfAGroupIsKnownByItsPod(final String service) {
        // Given
        final String variable = "MILLRACE_KAFKA_PROPERTIES__GROUP_INSTANCE_ID_";

        // When
        final Rendered rendered = Rendered.with("minimal");

        // Then
        assertThat(rendered.env(service, variable)
                        .at("/valueFrom/fieldRef/fieldPath")
                        .asText())
                .isEqualTo("metadata.name");
        assertThat(rendered.envNames("ingestion")).doesNotContain(variable);
        assertThat(rendered.envNames("encoder")).doesNotContain(variable);
    }

    @Test
    void anImageMayBePinnedByItsDigest() {
        // Given
        final String digest = "sha256:" + "0a".repeat(32);

        // When
        final Rendered rendered = Rendered.with("full", Map.of("image.digests.encoder", digest));

        // Then
        assertThat(rendered.container("encoder").path("image").asText())
                .isEqualTo("images.example/team/millrace/encoder:7@" + digest);
        assertThat(rendered.container("trainer").path("image").asText())
                .isEqualTo("images.example/team/millrace/trainer:7");
    }

    @Test
    void theServicesOwnKeysBecomeVariables() {
        // Given
        final Map<String, Object> change = Map.of("image.tag", "v8");

        // When
        final Rendered rendered = Rendered.with("full", change);

        // Then
        assertThat(rendered.env("encoder", "MILLRACE_ENCODER_POLL_INTERVAL")
                        .path("value")
                        .asText())
                .isEqualTo("PT5S");
        assertThat(rendered.env("encoder", "MILLRACE_ENCODER_QUEUE_TOKENS")
                        .path("value")
                        .asText())
                .isEqualTo("1000000");
        assertThat(rendered.env("encoder", "MILLRACE_ENCODER_WATCH_LATENCY_FACTOR")
                        .path("value")
                        .asText())
                .isEqualTo("3");
        assertThat(rendered.env("trainer", "MILLRACE_LEARNING_LEARNING_RATE")
                        .path("value")
                        .asDouble())
                .isEqualTo(.00005);
        assertThat(rendered.env("trainer", "MILLRACE_GATE_DRIFT").path("value").asText())
                .isEqualTo("0.2");
        assertThat(rendered.env("encoder", "MILLRACE_KAFKA_TOPIC_PREFIX")
                        .path("value")
                        .asText())
                .isEqualTo("eu.");
        assertThat(rendered.env("encoder", "JDK_JAVA_OPTIONS").path("value").asText())
                .isEqualTo("-XX:MaxRAMPercentage=30");
        assertThat(rendered.container("encoder").path("image").asText())
                .isEqualTo("images.example/team/millrace/encoder:v8");
    }

    private static String probe(final String question) {
        return "{\"path\":\"/q/health/" + question + "\",\"port\":\"management\"}";
    }
}
