package dev.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A value that changes nothing is one that somebody sets in vain. */
final class ValuesTest {
    private static final YAMLMapper YAML = new YAMLMapper();

    /** Everything that can be there at once, so that each value has something to change. */
    private static final List<String> BASES = List.of("full", "gpu", "minimal");

    /** Each list is tried from its beginning, until one is allowed and changes something. */
    private static final List<String> TEXTS = List.of(
            "other",
            "7Gi",
            "'7'",
            "7s",
            "/other",
            "'other:7'",
            "'http://other:7'",
            "NodePort",
            "Never",
            "plaintext",
            "disable",
            "nvidia.com/mig-1g.10gb");

    private static final List<String> NUMBERS = List.of("4", "14", "70", "700");

    private static final List<String> FLAGS = List.of("true", "false");

    private static final List<String> LISTS =
            List.of("[other]", "[{key: other, operator: Exists}]", "[7]", "[{name: OTHER, value: seven}]");

    private static final List<String> MAPS = List.of(
            "{other: seven}",
            "{other.key: seven}",
            "{nodeAffinity: {}}",
            "{encoder: 'sha256:" + "7".repeat(64) + "'}",
            "{max-items: 7}",
            "{window: PT7S}",
            "{threads: 7}",
            "{batch-pairs: 7}",
            "{drift: 0.7}",
            "{momentum: 0.7}");

    @TempDir
    private Path folder;

    @Test
    void everyValueChangesSomething() throws IOException {
        // Given
        final Map<String, JsonNode> values =
                leaves(YAML.readTree(Repository.CHART.resolve("values.yaml").toFile()));
        final Map<String, String> before = new LinkedHashMap<>();
        for (final String base : BASES) {
            before.put(base, Rendered.with(base).text());
        }

        // When
        final List<String> inVain = values.entrySet().stream()
                .filter(value -> candidates(value.getKey(), value.getValue())
                        .noneMatch(file -> before.entrySet().stream().anyMatch(base -> changes(base, file))))
                .map(Map.Entry::getKey)
                .toList();

        // Then
        assertThat(values).hasSizeGreaterThan(100);
        assertThat(inVain).isEmpty();
    }

    @Test
    void everyValueIsExplained() throws IOException {
        // Given
        final String readme = Repository.read(Repository.DEPLOY.resolve("README.md"));

        // When
        final Map<String, JsonNode> values =
                leaves(YAML.readTree(Repository.CHART.resolve("values.yaml").toFile()));

        // Then
        assertThat(values.keySet())
                .allSatisfy(path -> assertThat(readme).containsPattern("(?m)^\\|.*[`.]" + name(path) + "`"));
    }

    /** What resources and configuration hold is Kubernetes' and the services' to explain. */
    private static String name(final String path) {
        final String own = path.replaceFirst("/(resources|config)/.*", "/$1");
        return own.substring(own.lastIndexOf('/') + 1);
    }

    private static boolean changes(final Map.Entry<String, String> base, final Path file) {
        final TemplateCommand command = new Helm(Repository.CHART)
                .template()
                .withName("shop")
                .withNamespace("mill")
                .withKubeVersion("1.30.0")
                .withValuesFile(Repository.values(base.getKey()))
                .withValuesFile(file);
        try {
            return !command.call().equals(base.getValue());
        } catch (RuntimeException refused) {
            return false;
        }
    }

    private Stream<Path> candidates(final String path, final JsonNode value) {
        final List<String> others = value.isObject()
                ? MAPS
                : value.isArray() ? LISTS : value.isInt() ? NUMBERS : value.isBoolean() ? FLAGS : TEXTS;
        return others.stream().map(other -> write(path, other));
    }

    /** A values file that sets this one path, which is written as nested objects. */
    private Path write(final String path, final String yaml) {
        try {
            final List<String> keys = List.of(path.split("/"));
            JsonNode tree = YAML.readTree(yaml);
            for (int index = keys.size() - 1; index >= 0; index--) {
                tree = YAML.createObjectNode().set(keys.get(index), tree);
            }
            return Files.writeString(folder.resolve("values.yaml"), YAML.writeValueAsString(tree));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, JsonNode> leaves(final JsonNode values) {
        final Map<String, JsonNode> found = new LinkedHashMap<>();
        collect("", values, found);
        return found;
    }

    private static void collect(final String path, final JsonNode value, final Map<String, JsonNode> found) {
        if (value.isObject() && !value.isEmpty()) {
            final List<String> names = new ArrayList<>();
            value.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> collect(path.isEmpty() ? name : path + "/" + name, value.path(name), found));
        } else {
            found.put(path, value);
        }
    }
}
