package dev.millrace.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the chart becomes with one set of values: the release is called {@code shop}. */
public record Rendered(String text, List<JsonNode> documents) {
    private static final YAMLMapper YAML = new YAMLMapper();

    /** With the set of values of that name in the chart's folder {@code ci}. */
    public static Rendered with(final String values) {
        return with(values, Map.of());
    }

    /** The same with changes: dotted paths and what they are set to. */
    public static Rendered with(final String values, final Map<String, Object> changes) {
        final TemplateCommand command = new Helm(Repository.CHART)
                .template()
                .withName("shop")
                .withNamespace("mill")
                .withKubeVersion("1.30.0")
                .withValuesFile(Repository.values(values));
        changes.forEach(command::set);
        return parse(command.call());
    }

    /** The operator's own chart as it is, in a namespace. */
    public static Rendered operator(final String namespace) {
        return parse(new Helm(Repository.DEPLOY.resolve("helm/millrace-operator"))
                .template()
                .withName("operator")
                .withNamespace(namespace)
                .withKubeVersion("1.30.0")
                .call());
    }

    private static Rendered parse(final String text) {
        final List<JsonNode> documents = new ArrayList<>();
        try (MappingIterator<JsonNode> found = YAML.readerFor(JsonNode.class).readValues(text)) {
            found.forEachRemaining(documents::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        documents.removeIf(document -> !document.isObject());
        return new Rendered(text, List.copyOf(documents));
    }

    List<JsonNode> ofKind(final String kind) {
        return documents.stream()
                .filter(document -> document.path("kind").asText().equals(kind))
                .toList();
    }

    JsonNode one(final String kind, final String service) {
        final List<JsonNode> found = ofKind(kind).stream()
                .filter(document -> document.at("/metadata/name").asText().endsWith("-" + service))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " of kind " + kind + " for " + service + " in\n" + text);
        }
        return found.get(0);
    }

    JsonNode pod(final String service) {
        return one(service.equals("trainer") ? "StatefulSet" : "Deployment", service)
                .at("/spec/template/spec");
    }

    JsonNode container(final String service) {
        return pod(service).at("/containers/0");
    }

    /** The number of a container's named port. */
    String port(final String service, final String name) {
        return items(container(service).path("ports"))
                .filter(port -> port.path("name").asText().equals(name))
                .map(port -> port.path("containerPort").asText())
                .findFirst()
                .orElseThrow(() -> new AssertionError(service + " has no port " + name));
    }

    JsonNode env(final String service, final String name) {
        return items(container(service).path("env"))
                .filter(variable -> variable.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(service + " has no " + name));
    }

    List<String> envNames(final String service) {
        return items(container(service).path("env"))
                .map(variable -> variable.path("name").asText())
                .toList();
    }

    static Stream<JsonNode> items(final JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
