package dev.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The job that makes topics and bucket. */
final class InitTest {
    private static final Pattern OPTION = Pattern.compile("^(--[a-z-]+)=.*");

    @Test
    void nothingIsMadeUnlessAskedFor() {
        // Given
        final String values = "minimal";

        // When
        final Rendered rendered = Rendered.with(values);

        // Then
        assertThat(rendered.ofKind("Job")).isEmpty();
    }

    @Test
    void theJobMakesTheTopicsThatTheServicesAreToldOf() {
        // Given
        final String values = "full";

        // When
        final JsonNode container = job(Rendered.with(values)).at("/spec/template/spec/containers/0");

        // Then
        assertThat(container.path("image").asText()).isEqualTo("images.example/team/millrace/admin:7");
        assertThat(texts(container.path("args")))
                .containsExactly(
                        "init",
                        "--partitions=12",
                        "--replication=3",
                        "--kafka-properties=/etc/millrace/kafka/kafka.properties",
                        "--kafka-properties=/etc/millrace/kafka-secret/kafka.properties");
        assertThat(container.path("env").findValuesAsText("name"))
                .contains("MILLRACE_KAFKA_BOOTSTRAP_SERVERS", "MILLRACE_KAFKA_TOPIC_PREFIX", "MILLRACE_S3_SECRET_KEY");
        assertThat(container.path("volumeMounts").findValuesAsText("mountPath"))
                .contains("/etc/millrace/kafka", "/etc/millrace/kafka-secret");
    }

    @Test
    void theJobRunsWithoutPrivilegesAndIsNoService() {
        // Given
        final String values = "full";

        // When
        final Rendered rendered = Rendered.with(values);

        // Then
        final JsonNode pod = job(rendered).at("/spec/template/spec");
        assertThat(pod.path("securityContext"))
                .isEqualTo(rendered.pod("encoder").path("securityContext"));
        assertThat(pod.at("/containers/0/securityContext"))
                .isEqualTo(rendered.container("encoder").path("securityContext"));
        assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(job(rendered)
                        .at("/spec/template/metadata/labels/app.kubernetes.io~1component")
                        .asText())
                .isEqualTo("init");
        assertThat(job(rendered).at("/metadata/name").asText()).isEqualTo("mill-init-1");
    }

    @Test
    void everyOptionIsOneOfTheCommand() {
        // Given
        final String commands = Repository.filesBelow(Repository.ROOT.resolve("infra/admin/src/main/java")).stream()
                .map(Repository::read)
                .reduce("", String::concat);

        // When
        final List<String> arguments = texts(job(Rendered.with("full")).at("/spec/template/spec/containers/0/args"));

        // Then
        assertThat(commands).contains("name = \"" + arguments.get(0) + "\"");
        assertThat(arguments.subList(1, arguments.size())).allSatisfy(argument -> {
            assertThat(argument).matches(OPTION);
            assertThat(commands).contains("\"" + OPTION.matcher(argument).replaceFirst("$1") + "\"");
        });
    }

    private static JsonNode job(final Rendered rendered) {
        return rendered.ofKind("Job").get(0);
    }

    private static List<String> texts(final JsonNode array) {
        return Rendered.items(array).map(JsonNode::asText).toList();
    }
}
