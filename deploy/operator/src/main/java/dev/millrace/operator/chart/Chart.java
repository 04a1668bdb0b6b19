package dev.millrace.operator.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.millrace.operator.condition.Trouble;
import dev.millrace.operator.condition.TroubleException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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
    private static final Pattern PLACE = Pattern.compile("^execution error at \\([^)]*\\): ");

    private final Path folder;
    private final String kubernetes;
    private final Templates templates;
    private final Recent<Order, List<GenericKubernetesResource>> recent = new Recent<>(REMEMBERED);

    /** What was asked for. */
    private record Order(String namespace, String name, ObjectNode values) {}

    private Chart(String kubernetes, Function<Path, Templates> templates) {
        this.kubernetes = kubernetes;
        try {
            folder = Files.createTempDirectory("millrace-operator-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.templates = templates.apply(ChartFolder.unpack(folder));
    }

    /**
     * The chart that this operator was built with.
     *
     * @param kubernetes the cluster's version, such as {@code 1.30}: the chart refuses one that is too old
     */
    public static Chart own(String kubernetes) {
        return new Chart(kubernetes, HelmProcess::new);
    }

    /** The same, rendered in this process, whose signals Helm then takes: quicker, for tests. */
    public static Chart inThisProcess(String kubernetes) {
        return new Chart(kubernetes, HelmLibrary::new);
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
            return parse(templates.render(new Release(order.namespace(), order.name(), kubernetes, file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (HelmRefusedException e) {
            throw new TroubleException(new Trouble("InvalidSpec", FieldNames.translate(refusal(e))));
        }
    }

    /** Helm's own words, without where in which template they were said. */
    private static String refusal(HelmRefusedException failure) {
        final String message = String.valueOf(failure.getMessage());
        final String violations = VIOLATION
                .matcher(message)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.joining("; "));
        if (!violations.isEmpty()) {
            return violations;
        }
        return PLACE.matcher(message.strip().lines().findFirst().orElse("")).replaceFirst("");
    }

    private static List<GenericKubernetesResource> parse(String text) throws IOException {
        final List<GenericKubernetesResource> objects = new ArrayList<>();
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(text)) {
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
