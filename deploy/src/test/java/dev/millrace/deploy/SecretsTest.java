package dev.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class SecretsTest {
    @Test
    void secretValuesAppearInTheSecretOnly() {
        // Given: full-values.yaml marks every secret value
        final String mark = "marked-";

        // When
        final Rendered rendered = Rendered.with("full");

        // Then
        final Map<String, Long> marks = rendered.documents().stream()
                .filter(document -> document.toString().contains(mark))
                .collect(Collectors.groupingBy(document -> document.path("kind").asText(), Collectors.counting()));
        assertThat(marks).isEqualTo(Map.of("Secret", 1L));
        assertThat(secret(rendered).path("token").asText()).isEqualTo("marked-token");
        assertThat(secret(rendered).path("access-key").asText()).isEqualTo("marked-access");
        assertThat(secret(rendered).path("secret-key").asText()).isEqualTo("marked-secret");
    }

    @Test
    void givenSecretsAreReferredToAndNoneIsMade() {
        // Given
        final Map<String, Object> change = Map.of("kafka.existingSecret", "given-kafka");

        // When
        final Rendered rendered = Rendered.with("minimal", change);

        // Then
        assertThat(rendered.ofKind("Secret")).isEmpty();
        assertThat(rendered.env("trainer", "MILLRACE_S3_SECRET_KEY").at("/valueFrom/secretKeyRef"))
                .hasToString("{\"name\":\"given-s3\",\"key\":\"secret-key\"}");
        assertThat(rendered.pod("attribution").path("volumes").toString()).contains("\"secretName\":\"given-kafka\"");
        assertThat(rendered.env("attribution", "QUARKUS_CONFIG_LOCATIONS")
                        .path("value")
                        .asText())
                .isEqualTo("/etc/millrace/kafka-secret/kafka.properties");
    }

    @Test
    void aServiceSeesNoTokenOfARoleThatIsNotItsCallers() {
        // Given
        final Map<String, Object> change = Map.of(
                "http.existingSecret", "",
                "http.tokens.producer", "marked-producer",
                "http.tokens.reader", "marked-reader",
                "http.tokens.admin", "marked-admin");

        // When
        final Rendered rendered = Rendered.with("minimal", change);

        // Then
        assertThat(tokens(rendered, "ingestion")).containsExactly("TOKEN", "TOKENS_PRODUCER", "TOKENS_ADMIN");
        assertThat(tokens(rendered, "encoder")).containsExactly("TOKEN", "TOKENS_READER", "TOKENS_ADMIN");
        assertThat(tokens(rendered, "trainer")).containsExactly("TOKEN", "TOKENS_ADMIN");
        assertThat(tokens(rendered, "attribution")).containsExactly("TOKEN", "TOKENS_ADMIN");
        assertThat(secret(rendered).path("reader").asText()).isEqualTo("marked-reader");
        assertThat(secret(rendered).has("token")).isFalse();
    }

    private static List<String> tokens(final Rendered rendered, final String service) {
        final String prefix = "MILLRACE_HTTP_";
        return rendered.envNames(service).stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .toList();
    }

    @Test
    void servicesThatDoNotUseTheBucketNeverSeeItsKeys() {
        // Given
        final List<String> services = List.of("ingestion", "attribution");

        // When
        final Rendered rendered = Rendered.with("full");

        // Then
        assertThat(services).allSatisfy(service -> assertThat(rendered.envNames(service))
                .noneMatch(name -> name.startsWith("MILLRACE_S3")));
    }

    @Test
    void clientPropertiesReachTheFilesAsTheyWereGiven() {
        // Given
        final Map<String, Object> change =
                Map.of("kafka.secretProperties.ssl\\.keystore\\.key", "line 1\nback\\slash=x");

        // When
        final Rendered rendered = Rendered.with("full", change);

        // Then
        final JsonNode config = rendered.ofKind("ConfigMap").get(0);
        assertThat(properties(config.path("data")))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "millrace.kafka.properties.\"security.protocol\"", "SASL_SSL",
                        "millrace.kafka.properties.\"request.timeout.ms\"", "1000000"));
        assertThat(properties(secret(rendered)))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "millrace.kafka.properties.\"sasl.jaas.config\"", "module required password=\"marked-jaas\";",
                        "millrace.kafka.properties.\"ssl.keystore.key\"", "line 1\nback\\slash=x"));
        assertThat(rendered.env("ingestion", "QUARKUS_CONFIG_LOCATIONS")
                        .path("value")
                        .asText())
                .isEqualTo("/etc/millrace/kafka/kafka.properties,/etc/millrace/kafka-secret/kafka.properties");
    }

    private static JsonNode secret(final Rendered rendered) {
        return rendered.ofKind("Secret").get(0).path("stringData");
    }

    private static Map<Object, Object> properties(final JsonNode data) {
        final Properties properties = new Properties();
        try {
            properties.load(new StringReader(data.path("kafka.properties").asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
