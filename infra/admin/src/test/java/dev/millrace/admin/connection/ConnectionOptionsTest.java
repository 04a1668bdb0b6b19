package dev.millrace.admin.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.admin.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionOptionsTest {
    private static final String STACK = """
            {"kafka": "127.0.0.1:1", "s3": {"endpoint": "http://127.0.0.1:2", "bucket": "millrace",
             "accessKey": "a", "secretKey": "b"}}""";

    @TempDir
    Path folder;

    private Console console;

    @BeforeEach
    void bare() {
        console = new Console(folder);
        console.environment.clear();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "versions | no bucket: name one with --s3 URL or MILLRACE_S3_ENDPOINT",
                "versions --s3 http://127.0.0.1:9000 | no keys: set MILLRACE_S3_ACCESS_KEY in the environment",
                "versions --endpoints nowhere.json | nowhere.json: there is no such file",
                "versions --endpoints x.json --s3 http://x | --endpoints excludes --s3 and --kafka",
                "audit --s3 http://127.0.0.1:9000 | no broker: name one with --kafka HOST:PORT",
                "redrive --kafka x:1 --kafka-property sasl.jaas.config=p | others can list flags",
                "redrive --kafka x:1 --topic-prefix ! | topic prefix must match",
                "redrive --kafka x:1 --topic nothing | --topic",
                "redrive --kafka x:1 --limit 0 | --limit: must be 1 or more",
                "versions --limit 0 | --limit: must be 1 or more",
                "nonsense | nonsense"
            })
    void whatIsMissingOrWrongIsOneLineAndTwo(String command, String complaint) {
        // When
        int code = console.run(command.split(" "));

        // Then
        assertThat(code).isEqualTo(2);
        assertThat(console.err().lines())
                .singleElement()
                .asString()
                .startsWith("millrace: ")
                .contains(complaint);
    }

    @Test
    void theRunningStackIsTakenWhereNothingElseIsNamed() throws Exception {
        // Given
        Files.writeString(folder.resolve("endpoints.json"), STACK);

        // When
        int code = console.run("versions");

        // Then
        assertThat(code).isZero();
        assertThat(console.out()).contains(Console.BASE);
    }

    @Test
    void theRunningStacksKeysAreNotSentElsewhere() throws Exception {
        // Given
        Files.writeString(folder.resolve("endpoints.json"), STACK);

        // When
        int code = console.run("versions", "--s3", "http://elsewhere:9000");

        // Then
        assertThat(code).isEqualTo(2);
        assertThat(console.err()).contains("no keys");
    }

    @Test
    void aSecretIsNeverPrinted() throws Exception {
        // Given
        Path file = folder.resolve("other.json");
        Files.writeString(
                file,
                STACK.replace("\"bucket\": \"millrace\"", "\"bucket\": \"NOT A BUCKET\"")
                        .replace("\"b\"", "\"the-secret\""));

        // When
        int code = console.run("versions", "--endpoints", file.toString());

        // Then
        assertThat(code).isEqualTo(2);
        assertThat(console.err()).contains("bucket: not a bucket name").doesNotContain("the-secret");
    }

    @Test
    void flagsGoBeforeTheEnvironment() {
        // Given
        console.environment.putAll(Map.of(
                "MILLRACE_S3_ENDPOINT", "not an address",
                "MILLRACE_S3_ACCESS_KEY", "a",
                "MILLRACE_S3_SECRET_KEY", "b"));

        // When
        int code = console.run("versions", "--s3", "http://127.0.0.1:9000");

        // Then
        assertThat(code).isZero();
    }
}
