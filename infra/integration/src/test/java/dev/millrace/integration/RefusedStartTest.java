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
import java.util.Map;
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

    @ParameterizedTest
    @CsvSource({"view, nonsense", "objective, nonsense", "eda-synonyms, no-such-file"})
    void aMethodThatThereIsNotIsRefusedInOneLineAndNoBrokerIsAsked(String key, String value) throws Exception {
        // Given
        List<String> method = List.of("-Dmillrace.learning.view=eda", "-Dmillrace.learning." + key + "=" + value);

        // When
        String said = started(Service.TRAINER, method);

        // Then
        assertThat(said.lines().filter(line -> !line.startsWith("WARNING: Using incubator modules")))
                .singleElement()
                .asString()
                .startsWith("millrace.learning." + key);
    }

    /** A known one beside them is no fault, nor is one that is for somebody else. */
    @ParameterizedTest
    @EnumSource(Service.class)
    void aMisspelledEnvironmentVariableIsRefusedByNameInOneLine(Service service) throws Exception {
        // Given
        String own = "MILLRACE_" + service.name() + "_WINDW";
        Map<String, String> environment = Map.of(
                own, "x", "MILLRACE_KAFKA_TOPIC_PREFX", "x", "MILLRACE_HTTP_TOKEN", "secret", "MILLRACE_HOME", "/");

        // When
        String said = started(service, List.of(), environment);

        // Then
        assertThat(said.lines().filter(line -> line.contains("MILLRACE_")))
                .singleElement()
                .asString()
                .startsWith("no such key, environment variable ")
                .contains(own, "MILLRACE_KAFKA_TOPIC_PREFX (nearest: MILLRACE_KAFKA_TOPIC_PREFIX)")
                .doesNotContain("MILLRACE_HTTP_TOKEN (", "MILLRACE_HOME");
    }

    private String started(Service service, List<String> properties) throws IOException, InterruptedException {
        return started(service, properties, Map.of());
    }

    /** All that it writes until it ends by itself. */
    private String started(Service service, List<String> properties, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
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
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
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
