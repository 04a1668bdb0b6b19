package dev.millrace.devstack.options;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.devstack.options.Endpoints.S3Access;
import dev.millrace.devstack.process.Screen;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointsFileTest {
    private static final Endpoints ENDPOINTS = new Endpoints(
            Map.of("ingestion", URI.create("http://127.0.0.1:1"), "encoder", URI.create("http://127.0.0.1:2")),
            Map.of("ingestion", URI.create("http://127.0.0.1:5"), "encoder", URI.create("http://127.0.0.1:6")),
            "127.0.0.1:3",
            new S3Access("http://127.0.0.1:4", "access", "secret", "millrace"),
            Map.of());

    @TempDir
    Path folder;

    private Path file;
    private EndpointsFile endpoints;

    @BeforeEach
    void create() {
        file = folder.resolve("endpoints.json");
        endpoints = new EndpointsFile(file, ENDPOINTS, Screen.silent());
    }

    @Test
    void isNotThereBeforeEverythingIsReady() {
        // When
        endpoints.started("ingestion", 11);

        // Then
        assertThat(file).doesNotExist();
    }

    @Test
    void tellsScriptsWhereEverythingIs() throws IOException {
        // Given
        endpoints.started("ingestion", 11);

        // When
        endpoints.publish();

        // Then
        JsonNode content = read();
        assertThat(content.at("/ingestion").asText()).isEqualTo("http://127.0.0.1:1");
        assertThat(content.at("/encoder").asText()).isEqualTo("http://127.0.0.1:2");
        assertThat(content.at("/management/encoder").asText()).isEqualTo("http://127.0.0.1:6");
        assertThat(content.at("/kafka").asText()).isEqualTo("127.0.0.1:3");
        assertThat(content.at("/s3/secretKey").asText()).isEqualTo("secret");
        assertThat(content.at("/pids/ingestion").asLong()).isEqualTo(11);
    }

    @Test
    void followsAProcessThatWasStartedAgain() throws IOException {
        // Given
        endpoints.started("ingestion", 11);
        endpoints.publish();

        // When
        endpoints.ended("ingestion");
        endpoints.started("ingestion", 12);

        // Then
        assertThat(read().at("/pids/ingestion").asLong()).isEqualTo(12);
    }

    @Test
    void isForItsOwnerOnly() throws IOException {
        // When
        endpoints.publish();

        // Then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void theSecretIsNotInWhatIsPrinted() {
        // When
        String printed = ENDPOINTS.toString();

        // Then
        assertThat(printed).contains("127.0.0.1:4").doesNotContain("secret");
    }

    private JsonNode read() throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }
}
