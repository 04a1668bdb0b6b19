package dev.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworkTest {
    static final List<String> SERVICES = Repository.SERVICES;
    static final List<String> CALLED = Repository.CALLED;

    @ParameterizedTest
    @ValueSource(strings = {"ingestion", "encoder", "trainer"})
    void aServiceLeadsToItsPods(final String service) {
        // Given
        final String workload = service.equals("trainer") ? "StatefulSet" : "Deployment";

        // When
        final Rendered rendered = Rendered.with("minimal");

        // Then
        final JsonNode spec = rendered.one("Service", service).path("spec");
        final JsonNode pods = rendered.one(workload, service).at("/spec/template/metadata/labels");
        assertThat(spec.path("selector").properties())
                .isNotEmpty()
                .allSatisfy(label -> assertThat(pods.path(label.getKey())).isEqualTo(label.getValue()));
        assertThat(spec.at("/ports/0/targetPort").asText())
                .isEqualTo(rendered.container(service).at("/ports/0/name").asText());
        assertThat(spec.path("clusterIP").asText()).isEqualTo(service.equals("trainer") ? "None" : "");
    }

    /** Health and metrics of a pod are the kubelet's and the monitoring's, and no Service spreads requests over them. */
    @ParameterizedTest
    @FieldSource("CALLED")
    void aServiceLeadsToTheApiAndNothingElse(final String service) {
        // Given
        final String values = "minimal";

        // When
        final JsonNode ports = Rendered.with(values).one("Service", service).at("/spec/ports");

        // Then
        assertThat(ports).hasToString("[{\"name\":\"http\",\"port\":80,\"targetPort\":\"http\"}]");
    }

    @Test
    void nothingIsReachableFromOutsideUnlessAsked() {
        // Given
        final String values = "minimal";

        // When
        final Rendered rendered = Rendered.with(values);

        // Then
        assertThat(rendered.ofKind("Ingress")).isEmpty();
        assertThat(rendered.ofKind("NetworkPolicy")).isEmpty();
        assertThat(rendered.ofKind("PodMonitor")).isEmpty();
        assertThat(rendered.ofKind("Service").stream()
                        .map(service -> service.at("/spec/type").asText("ClusterIP")))
                .allMatch(type -> type.isEmpty() || type.equals("ClusterIP"));
    }

    @Test
    void anIngressShowsTheApiAndNothingElse() {
        // Given
        final String values = "full";

        // When
        final List<JsonNode> found = Rendered.with(values).ofKind("Ingress");

        // Then
        assertThat(found).hasSize(2).allSatisfy(ingress -> {
            assertThat(ingress.at("/spec/rules/0/http/paths")).hasSize(1);
            assertThat(ingress.at("/spec/rules/0/http/paths/0/path").asText()).isEqualTo("/v1");
        });
        assertThat(found.get(0).at("/spec/ingressClassName").asText()).isEqualTo("nginx");
        assertThat(found.get(0).path("spec").path("tls"))
                .hasToString("[{\"hosts\":[\"in.example\"],\"secretName\":\"in-tls\"}]");
        assertThat(found.get(1).at("/spec/rules/0/host").asText()).isEqualTo("vectors.example");
        assertThat(found.get(1).path("spec").has("tls")).isFalse();
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void aNetworkPolicyNamesWhoMayCallAndWhereTo(final String service) {
        // Given
        final List<String> ports = CALLED.contains(service) ? List.of("http", "management") : List.of("management");

        // When
        final JsonNode spec =
                Rendered.with("full").one("NetworkPolicy", service).path("spec");

        // Then
        assertThat(spec.path("policyTypes")).hasToString("[\"Ingress\",\"Egress\"]");
        assertThat(spec.at("/podSelector/matchLabels/app.kubernetes.io~1component")
                        .asText())
                .isEqualTo(service);
        assertThat(spec.path("ingress").findValuesAsText("port")).isEqualTo(ports);
        assertThat(spec.path("ingress")).hasSameSizeAs(ports).allSatisfy(rule -> assertThat(rule.path("from"))
                .isNotEmpty());
        assertThat(spec.path("egress").findValuesAsText("port")).containsExactly("53", "53", "9093", "443", "9094");
    }

    @ParameterizedTest
    @CsvSource({"metrics.podMonitor.withAdminToken, true", "http.tokens.admin, its-token"})
    void metricsThatAreForAdminsAreScrapedWithTheirToken(final String key, final String value) {
        // Given
        final Map<String, Object> change =
                Map.of("metrics.podMonitor.enabled", "true", "http.existingSecret", "", "http.token", "t", key, value);

        // When
        final Rendered rendered = Rendered.with("minimal", change);

        // Then
        assertThat(rendered.ofKind("PodMonitor").get(0).at("/spec/podMetricsEndpoints/0/authorization/credentials"))
                .hasToString("{\"name\":\"shop-millrace-secrets\",\"key\":\"admin\"}");
    }

    @Test
    void metricsAreFoundByAnnotationOrByMonitor() {
        // Given
        final String values = "full";

        // When
        final Rendered rendered = Rendered.with(values);

        // Then
        final JsonNode monitor = rendered.ofKind("PodMonitor").get(0);
        assertThat(monitor.at("/spec/podMetricsEndpoints"))
                .hasToString("[{\"port\":\"management\",\"path\":\"/q/metrics\",\"interval\":\"30s\"}]");
        final JsonNode annotations = rendered.one("Deployment", "encoder").at("/spec/template/metadata/annotations");
        assertThat(annotations.path("prometheus.io/path").asText()).isEqualTo("/q/metrics");
        assertThat(annotations.path("prometheus.io/port").asText()).isEqualTo(rendered.port("encoder", "management"));
    }
}
