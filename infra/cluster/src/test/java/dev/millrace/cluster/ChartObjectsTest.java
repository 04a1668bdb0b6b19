package dev.millrace.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the chart renders, told to a real API server that takes nothing it does not know. */
@Tag("cluster")
final class ChartObjectsTest {
    static Stream<Combination> combinations() {
        return Combination.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("combinations")
    void everyObjectIsTakenAndASecondApplyChangesNothing(Combination combination) {
        // Given: a field that is unknown, doubled or of a wrong type would end this with its path
        Release release = combination.release(SharedPlane.namespace()).apply();

        // When
        List<ObjectName> changed = release.changedByApplyingAgain();

        // Then
        assertThat(release.objects()).hasSizeGreaterThan(7);
        assertThat(changed).isEmpty();
        release.delete();
    }

    @ParameterizedTest(name = "{0} {1}/{2}")
    @CsvSource({
        "StatefulSet, /spec/template/spec/containers/0, reources, containers",
        "Deployment, /spec/template/spec, tolerationz, template.spec",
        "NetworkPolicy, /spec/ingress/0, form, ingress",
        "HorizontalPodAutoscaler, /spec/behavior/scaleDown, stabilisationWindowSeconds, behavior.scaleDown",
        "ScaledObject, /spec, minReplicas, spec",
        "PodMonitor, /spec/podMetricsEndpoints/0, intervall, podMetricsEndpoints",
    })
    void aFieldThatNobodyKnowsIsRefusedByItsPath(String kind, String place, String field, String path) {
        // Given
        Release release = new Combination("full", "full", Map.of()).release(SharedPlane.namespace());
        JsonNode object = release.objects().stream()
                .filter(rendered -> rendered.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow()
                .deepCopy();
        ((ObjectNode) object.at(place)).put(field, 1);

        // When
        RefusedException refusal =
                catchThrowableOfType(RefusedException.class, () -> release.api().apply(release.namespace(), object));

        // Then
        assertThat(refusal).hasMessageContaining(path).hasMessageContaining(field);
        assertThat(release.api().find(release.name(object))).isEmpty();
    }
}
