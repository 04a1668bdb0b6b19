package dev.millrace.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import dev.millrace.operator.progress.Backlog;
import dev.millrace.operator.progress.Observation;
import dev.millrace.operator.resource.Encoder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the chart of the operator lets it do is what it does. */
final class AccessTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path CHART = Path.of("../helm/millrace-operator").toAbsolutePath();
    private static final Pattern REQUEST =
            Pattern.compile("/(?:api|apis/([^/]+))/v[^/]+(?:/namespaces/[^/]+)?/([a-z]+)(?:/([^/]+))?(?:/([a-z]+))?");
    /** Everything that makes an object of its own. */
    private static final String EVERYTHING = """
        trainers: {gpu: nvidia.com/gpu, scaling: {scaleUpStabilizationSeconds: 0}}
        encoders: {min: 2, max: 4}
        stream: {bootstrapServers: "kafka:9092", properties: {client.id: mine}}
        values:
          init: {enabled: true}
          networkPolicy: {enabled: true}
          ingestion: {ingress: {enabled: true, host: in.example}}
        """;

    @TempDir
    private Path folder;

    @Test
    void itMayDoWhatItDoesAndReadsNoSecret() throws IOException {
        // Given
        final Set<String> allowed = allowed();
        final Set<String> done;

        // When
        try (ApiServer server = new ApiServer(Map.of("MILLRACE_OPERATOR_LEASE_NAMESPACE", "mill"))) {
            liveAndDie(server);
            done = new TreeSet<>(server.requests().stream()
                    .flatMap(request -> of(request).stream())
                    .toList());
        }

        // Then
        assertThat(done)
                .contains("list /nodes", "create batch/jobs", "patch millrace.dev/encoders/status")
                .isSubsetOf(allowed);
        assertThat(allowed).noneMatch(access -> access.contains("secrets") || access.contains("*"));
    }

    @Test
    void ofNamespacesThatAreNamedItHasRolesThereAndNoneOfTheCluster() throws IOException {
        // Given
        final Path values = Files.writeString(folder.resolve("values.yaml"), "{namespaces: [a, b], gpus: false}");

        // When
        final List<JsonNode> roles = roles(List.of(values));

        // Then
        assertThat(roles)
                .extracting(role -> role.path("kind").asText() + " "
                        + role.at("/metadata/namespace").asText())
                .containsExactlyInAnyOrder("Role a", "Role b", "Role ");
    }

    private static void liveAndDie(ApiServer server) {
        final Encoder encoder =
                server.client().resource(Encoders.with(EVERYTHING)).create();
        server.untilThereIs("shop-millrace-trainer");
        // No node has a GPU, so there is none for a second trainer.
        server.seen(new Observation(
                Optional.empty(), Optional.empty(), Optional.of(new Backlog(9, Duration.ofHours(1), 4)), List.of()));
        server.until(status -> status.trainers().reason().contains("GPUs for 1"));
        server.client().resource(encoder).delete();
        server.until(() -> server.client().resource(encoder).get() == null);
    }

    private static List<String> of(ApplyingDispatcher.Request request) {
        final Matcher match = REQUEST.matcher(request.path());
        if (!match.matches()) {
            return List.of();
        }
        final String resource = Optional.ofNullable(match.group(1)).orElse("") + "/" + match.group(2)
                + Optional.ofNullable(match.group(4)).map("/"::concat).orElse("");
        return verbs(request, match.group(3) != null).stream()
                .map(verb -> verb + " " + resource)
                .toList();
    }

    private static List<String> verbs(ApplyingDispatcher.Request request, boolean named) {
        return switch (request.method()) {
            case "GET" -> List.of(named ? "get" : request.query().contains("watch=true") ? "watch" : "list");
            case "POST" -> List.of("create");
            case "PUT" -> List.of("update");
            case "DELETE" -> List.of("delete");
            default -> List.of("patch");
        };
    }

    private static Set<String> allowed() throws IOException {
        final Set<String> allowed = new TreeSet<>();
        for (final JsonNode role : roles(List.of())) {
            for (final JsonNode rule : role.path("rules")) {
                final PolicyRule policy = YAML.treeToValue(rule, PolicyRule.class);
                for (final String group : policy.getApiGroups()) {
                    for (final String resource : policy.getResources()) {
                        policy.getVerbs().forEach(verb -> allowed.add(verb + " " + group + "/" + resource));
                    }
                }
            }
        }
        return allowed;
    }

    private static List<JsonNode> roles(List<Path> values) throws IOException {
        final TemplateCommand command =
                new Helm(CHART).template().withName("o").withNamespace("mill").withKubeVersion("1.30");
        values.forEach(command::withValuesFile);
        final String text = command.call();
        final List<JsonNode> roles = new ArrayList<>();
        YAML.readerFor(JsonNode.class).<JsonNode>readValues(text).forEachRemaining(document -> {
            if (document.path("kind").asText().endsWith("Role")) {
                roles.add(document);
            }
        });
        return roles;
    }
}
