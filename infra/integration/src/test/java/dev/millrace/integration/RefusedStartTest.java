package dev.millrace.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.devstack.options.Home;
import dev.millrace.devstack.options.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a service says when it does not start, and that it does not: the packaged services, as a user starts them. */
class RefusedStartTest {
    private static final int LONGEST_START_SECONDS = 120;

    @TempDir
    Path folder;

    /** Also the keys that are declared in common/service, whose mappings the build must find in another jar. */
    @ParameterizedTest
    @EnumSource(Service.class)
    void anUnknownKeyIsRefusedByName(Service service) throws Exception {
        // Given
        List<String> unknown = List.of(
                "millrace.http.tokn", "millrace.kafka.bootstrap-server", "millrace." + service.folder() + ".windw");

        // When
        String said =
                started(service, unknown.stream().map(key -> "-D" + key + "=x").toList());

        // Then
        assertThat(said).contains(unknown);
    }

    @ParameterizedTest
    @CsvSource({
        "INGESTION, quarkus.http.host",
        "ENCODER, quarkus.http.host",
        "INGESTION, quarkus.management.host",
        "ENCODER, quarkus.management.host",
        "TRAINER, quarkus.management.host",
        "ATTRIBUTION, quarkus.management.host"
    })
    void beyondLoopbackATokenIsNeeded(Service service, String host) throws Exception {
        // Given
        List<String> everywhere = List.of("-D" + host + "=0.0.0.0");

        // When
        String said = started(service, everywhere);

        // Then
        assertThat(said).contains("millrace.http.token", host + "=0.0.0.0");
    }

    /** All that it writes until it ends by itself. */
    private String started(Service service, List<String> properties) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(
                "--add-modules=jdk.incubator.vector",
                "-Dquarkus.http.port=0",
                "-Dquarkus.management.port=0",
                "-Dmillrace.kafka.bootstrap-servers=127.0.0.1:1",
                "-Dmillrace.s3.endpoint=http://127.0.0.1:1",
                "-Dmillrace.s3.access-key=none",
                "-Dmillrace.s3.secret-key=none",
                "-Djava.io.tmpdir=" + folder));
        command.addAll(properties);
        command.addAll(List.of("-jar", Home.find().jar(service).toString()));
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(LONGEST_START_SECONDS, TimeUnit.SECONDS))
                    .as("it ends")
                    .isTrue();
            assertThat(process.exitValue()).isNotZero();
            return Files.readString(said, StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }
}
