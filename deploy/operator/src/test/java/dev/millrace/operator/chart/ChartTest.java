package dev.millrace.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import dev.millrace.operator.Encoders;
import dev.millrace.operator.condition.TroubleException;
import dev.millrace.operator.resource.Encoder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ChartTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path CHART = Path.of("../helm/millrace").toAbsolutePath();
    private static final Path FILES = Path.of("src/test/resources/chart").toAbsolutePath();

    private static final Chart OWN = Chart.inThisProcess("1.30");

    /** But for who manages and owns them, and the jobs' names: Helm numbers revisions. */
    @ParameterizedTest
    @ValueSource(strings = {"smallest", "every-field"})
    void theObjectsAreThoseOfHelmWithTheSameValues(String name) throws IOException {
        // Given
        final String helm = new Helm(CHART)
                .template()
                .withName("shop")
                .withNamespace("mill")
                .withKubeVersion("1.30")
                .withValuesFile(FILES.resolve(name + "-values.yaml"))
                .call();
        final Encoder encoder = name.equals("smallest")
                ? Encoders.smallest()
                : Encoders.read(Files.readString(FILES.resolve("every-field.yaml")));
        final int trainers = name.equals("smallest") ? 1 : 3;

        // When
        final List<GenericKubernetesResource> objects =
                OWN.render("mill", "shop", ChartValues.of(encoder.getSpec(), trainers)).stream()
                        .map(object -> Ownership.of(encoder, object))
                        .toList();

        // Then
        assertThat(comparable(objects)).isEqualTo(comparable(read(helm))).hasSizeGreaterThan(10);
    }

    @Test
    void everyObjectIsTheEncodersAndInItsNamespace() {
        // Given
        final Encoder encoder = Encoders.smallest();

        // When
        final List<GenericKubernetesResource> objects =
                OWN.render("mill", "shop", ChartValues.of(encoder.getSpec(), 1)).stream()
                        .map(object -> Ownership.of(encoder, object))
                        .toList();

        // Then
        assertThat(objects).allSatisfy(object -> {
            assertThat(Ownership.owns(encoder, object)).isTrue();
            assertThat(object.getMetadata().getNamespace()).isEqualTo("mill");
            assertThat(object.getMetadata().getLabels()).containsEntry(Ownership.MANAGED_BY, Ownership.MANAGER);
        });
    }

    @Test
    void aClusterThatIsTooOldIsTold() {
        // Given
        final Chart old = Chart.inThisProcess("1.26");
        final ObjectNode values = ChartValues.of(Encoders.smallest().getSpec(), 1);

        // When
        final TroubleException refused =
                catchThrowableOfType(TroubleException.class, () -> old.render("mill", "shop", values));

        // Then
        assertThat(refused.trouble().message()).contains("incompatible with Kubernetes v1.26");
    }

    /** Else the API server would refuse the change, and topics would not be looked at again. */
    @Test
    void aJobThatIsToDoSomethingElseIsAnotherJob() {
        // Given
        final Encoder encoder = Encoders.with("{values: {init: {enabled: true}}}");
        final Encoder changed = Encoders.with("{values: {init: {enabled: true}}, stream: {bootstrapServers: 'b:1'}}");

        // When
        final List<String> names = List.of(job(encoder, 1), job(encoder, 2), job(changed, 1));

        // Then
        assertThat(names).allMatch(name -> name.matches("shop-millrace-init-[0-9a-f]{8}"));
        assertThat(names.get(1))
                .as("the number of trainers is no matter of the job's")
                .isEqualTo(names.get(0));
        assertThat(names.get(2)).isNotEqualTo(names.get(0));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{stream: {bootstrapServers: kafka}} | spec.stream.bootstrapServers",
                "{stream: {bootstrapServers: ''}} | spec.stream.bootstrapServers is required",
                "{bucket: {endpoint: 'minio:9000', secret: given}} | spec.bucket.endpoint",
                "{learning: {learnin-rate: 1}} | spec.learning",
                "{learning: {learnin-rate: 1}} | learnin-rate",
                "{gate: {drfit: 1}} | spec.gate",
                "{model: {claim: base}} | spec.model.path is required with spec.model.claim",
                "{encoders: {min: 3, max: 2}} | spec.encoders.min (3) is above spec.encoders.max (2)",
                "{images: {digests: {encoder: latest}}} | spec.images.digests",
                "{trainers: {gpu: amd.com/gpu}} | spec.trainers.gpu",
                "{values: {encoder: {replica: 3}}} | spec.values.encoder: additional properties 'replica' not allowed",
                "{values: {kafak: {}}} | spec.values: additional properties 'kafak' not allowed",
            })
    void whatTheChartRefusesIsToldByTheFieldOfTheSpec(String spec, String named) {
        // Given
        final ObjectNode values = ChartValues.of(Encoders.spec(spec), 1);

        // When
        final TroubleException refused =
                catchThrowableOfType(TroubleException.class, () -> OWN.render("mill", "shop", values));

        // Then
        assertThat(refused).isNotNull();
        assertThat(refused.trouble().reason()).isEqualTo("InvalidSpec");
        assertThat(refused.trouble().message()).contains(named);
    }

    private static String job(Encoder encoder, int trainers) {
        return OWN.render("mill", "shop", ChartValues.of(encoder.getSpec(), trainers)).stream()
                .filter(object -> object.getKind().equals("Job"))
                .map(object -> Ownership.of(encoder, object).getMetadata().getName())
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, JsonNode> comparable(List<GenericKubernetesResource> objects) {
        return objects.stream()
                .map(object -> (ObjectNode) YAML.valueToTree(object))
                .peek(object -> {
                    final ObjectNode metadata = (ObjectNode) object.get("metadata");
                    metadata.remove(List.of("namespace", "ownerReferences"));
                    metadata.put("name", metadata.get("name").asText().replaceFirst("-init-\\w+$", "-init"));
                    metadata.withObjectProperty("labels").remove(Ownership.MANAGED_BY);
                })
                .collect(Collectors.toMap(
                        object -> object.get("kind") + " " + object.at("/metadata/name"), object -> object));
    }

    private static List<GenericKubernetesResource> read(String text) throws IOException {
        return YAML.readerFor(JsonNode.class).<JsonNode>readValues(text).readAll().stream()
                .filter(JsonNode::isObject)
                .map(document -> YAML.convertValue(document, GenericKubernetesResource.class))
                .toList();
    }
}
