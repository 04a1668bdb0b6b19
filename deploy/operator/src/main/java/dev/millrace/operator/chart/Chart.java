package dev.millrace.operator.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import dev.millrace.operator.condition.Trouble;
import dev.millrace.operator.condition.TroubleException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The Helm chart, rendered by Helm itself. So what the operator applies is what {@code helm install} would, for every
 * value that there is and will be.
 */
public final class Chart {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final int REMEMBERED = 64;
    private static final Pattern VIOLATION = Pattern.compile("(?m)^- at (.*)$");
    private static final String FAILED = "error calling fail: ";

    private final Path folder;
    private final String kubernetes;
    private final Helm helm;
    private final Recent<Order, List<GenericKubernetesResource>> recent = new Recent<>(REMEMBERED);

    /** What was asked for. */
    private record Order(String namespace, String name, ObjectNode values) {}

    private Chart(Path folder, String kubernetes) {
        this.folder = folder;
        this.kubernetes = kubernetes;
        helm = new Helm(ChartFolder.unpack(folder));
    }

    /**
     * The chart that this operator was built with.
     *
     * @param kubernetes the cluster's version, such as {@code 1.30}: the chart refuses one that is too old
     */
    public static Chart own(String kubernetes) {
        try {
            return new Chart(Files.createTempDirectory("millrace-operator-"), kubernetes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The objects of a release of this name; they are remembered, so nobody may change them.
     *
     * @throws TroubleException when the chart refuses a value; it names the field of the spec
     */
    public synchronized List<GenericKubernetesResource> render(String namespace, String name, ObjectNode values) {
        return recent.get(new Order(namespace, name, values), this::rendered);
    }

    private List<GenericKubernetesResource> rendered(Order order) {
        try {
            final Path file = Files.write(folder.resolve("values.yaml"), YAML.writeValueAsBytes(order.values()));
            return parse(helm.template()
                    .withName(order.name())
                    .withNamespace(order.namespace())
                    .withKubeVersion(kubernetes)
                    .withValuesFile(file)
                    .call());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalStateException e) {
            throw new TroubleException(new Trouble("InvalidSpec", FieldNames.translate(refusal(e))));
        }
    }

    /** Helm's own words, without where in which template they were said. */
    private static String refusal(IllegalStateException failure) {
        final String message = String.valueOf(failure.getMessage());
        final String violations = VIOLATION.matcher(message).results()
                .map(found -> found.group(1))
                .collect(Collectors.joining("; "));
        return violations.isEmpty()
                ? message.substring(message.lastIndexOf(FAILED) < 0 ? 0 : message.lastIndexOf(FAILED) + FAILED.length())
                        .strip()
                        .lines()
                        .findFirst()
                        .orElse(message)
                : violations;
    }

    private static List<GenericKubernetesResource> parse(String text) throws IOException {
        final List<GenericKubernetesResource> objects = new ArrayList<>();
        try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(text)) {
            while (documents.hasNext()) {
                final JsonNode document = documents.next();
                if (document.isObject()) {
                    objects.add(YAML.treeToValue(document, GenericKubernetesResource.class));
                }
            }
        }
        return objects;
    }
}
