package dev.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What operators watch: no rule and no panel asks for a figure that no service names, and each alert says what to do. */
class ObservabilityTest {
    private static final Path FOLDER = Repository.ROOT.resolve("infra/observability");
    private static final Pattern NAME =
            Pattern.compile("millrace_(" + String.join("|", Repository.SERVICES) + ")_(\\w+)");

    /** What Micrometer adds to the names of counters, timers and their buckets. */
    private static final Pattern ADDED = Pattern.compile("(_seconds)?(_bucket|_total)?$");

    private final JsonNode dashboard;
    private final List<JsonNode> rules = new ArrayList<>();

    ObservabilityTest() throws IOException {
        dashboard = new ObjectMapper().readTree(FOLDER.resolve("dashboard.json").toFile());
        new ObjectMapper(new YAMLFactory())
                .readTree(FOLDER.resolve("alerts.yaml").toFile())
                .path("groups")
                .forEach(group -> group.path("rules").forEach(rules::add));
    }

    @Test
    void everyMetricOfARuleOrPanelIsOneThatAServiceNames() {
        // Given
        final String asked = rules + dashboard.toString();
        final Map<String, String> sources =
                Repository.SERVICES.stream().collect(Collectors.toMap(name -> name, ObservabilityTest::sources));
        final Map<String, Boolean> named = new TreeMap<>();

        // When
        final Matcher names = NAME.matcher(asked);
        while (names.find()) {
            named.put(names.group(), isNamed(names.group(2), sources.get(names.group(1))));
        }

        // Then
        assertThat(named)
                .hasSizeGreaterThan(30)
                .allSatisfy((name, there) -> assertThat(there).as(name).isTrue());
    }

    @Test
    void everyRuleSaysWhatIsWrongAndWhatToDo() {
        // When
        final Set<String> names = new TreeSet<>();
        rules.forEach(rule -> names.add(rule.path("alert").asText()));

        // Then
        assertThat(rules)
                .hasSizeGreaterThan(10)
                .hasSameSizeAs(names)
                .allSatisfy(rule -> assertThat(rule.path("expr").asText()).contains("millrace_"))
                .allSatisfy(
                        rule -> assertThat(rule.at("/labels/severity").asText()).isIn("page", "warn"))
                .allSatisfy(rule ->
                        assertThat(rule.at("/annotations/summary").asText()).endsWith("."))
                .allSatisfy(rule ->
                        assertThat(rule.at("/annotations/action").asText()).endsWith("."));
    }

    @Test
    void everyPanelHasATitleOfItsOwnAndAsksForSomething() {
        // Given
        final List<JsonNode> panels = new ArrayList<>();
        dashboard.path("panels").forEach(panels::add);
        panels.removeIf(panel -> panel.path("type").asText().equals("row"));

        // When
        final Set<String> titles =
                panels.stream().map(panel -> panel.path("title").asText()).collect(Collectors.toSet());

        // Then
        assertThat(panels).hasSizeGreaterThan(10).hasSameSizeAs(titles).allSatisfy(panel -> assertThat(
                        panel.at("/targets/0/expr").asText())
                .contains("millrace_"));
    }

    private static String sources(final String service) {
        return Repository.filesBelow(Repository.ROOT.resolve("services/" + service + "/src/main/java")).stream()
                .map(Repository::read)
                .collect(Collectors.joining());
    }

    /** As a name, or the end of one that is put together, with or without what Micrometer would add. */
    private static boolean isNamed(final String metric, final String sources) {
        final String bare = ADDED.matcher(metric).replaceFirst("");
        return List.of(bare, bare + "_seconds").stream()
                .map(name -> name.replace('_', '.') + "\"")
                .anyMatch(name -> sources.contains("." + name) || sources.contains("\"" + name));
    }
}
