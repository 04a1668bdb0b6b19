package dev.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LintTest {
    @TempDir
    private Path copy;

    @ParameterizedTest
    @ValueSource(strings = {"minimal", "full", "gpu"})
    void theChartPassesTheStrictLint(final String values) throws IOException {
        // Given: helm-java lints a chart with its own values only, so a copy takes these as its own
        for (final Path file : Repository.filesBelow(Repository.CHART)) {
            final Path target = copy.resolve("millrace")
                    .resolve(Repository.CHART.relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
        final YAMLMapper yaml = new YAMLMapper();
        final Path own = copy.resolve("millrace/values.yaml");
        final JsonNode merged = yaml.readerForUpdating(yaml.readTree(Repository.read(own)))
                .readValue(Repository.read(Repository.values(values)));
        yaml.writeValue(own.toFile(), merged);

        // When
        final LintResult result =
                new Helm(copy.resolve("millrace")).lint().strict().call();

        // Then
        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
        assertThat(result.getMessages()).noneMatch(message -> message.matches(".*\\[(WARNING|ERROR)].*"));
    }

    @Test
    void theOperatorsChartPassesTheStrictLint() {
        // Given
        final Path chart = Repository.DEPLOY.resolve("helm/millrace-operator");

        // When
        final LintResult result = new Helm(chart).lint().strict().call();

        // Then
        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    }
}
