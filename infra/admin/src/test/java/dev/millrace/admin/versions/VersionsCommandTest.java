package dev.millrace.admin.versions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.admin.Console;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionsCommandTest {
    @TempDir
    Path folder;

    private Console console;

    @BeforeEach
    void versions() {
        console = Console.withVersions(folder);
    }

    @Test
    void theLineageIsShownNewestFirstWithWhatStandsWhere() {
        // Given
        console.run("pin", Console.FIRST, "--reason", "index");

        // When
        int code = console.run("versions");

        // Then
        assertThat(code).isZero();
        assertThat(console.out().lines().skip(1))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(Console.SECOND).contains("0.5000", "kept", "head"),
                        line -> assertThat(line).startsWith(Console.FIRST).endsWith("stable (held: index)"),
                        line -> assertThat(line).startsWith(Console.BASE));
    }

    @Test
    void jsonHoldsWhatTheTableHolds() throws Exception {
        // When
        console.run("versions", "--json", "--limit", "1");

        // Then
        JsonNode versions = new ObjectMapper().readTree(console.out()).get("versions");
        assertThat(versions).hasSize(1);
        assertThat(versions.get(0).get("version").asText()).isEqualTo(Console.SECOND);
        assertThat(versions.get(0).get("records").get("trained").asLong()).isEqualTo(1);
        assertThat(versions.get(0).get("offsets").get("pairs-0").asLong()).isEqualTo(2);
        assertThat(versions.get(0).get("files").get("state").asText()).isEqualTo("kept");
    }

    @Test
    void oneVersionIsShownInFull() {
        // When
        int code = console.run("versions", Console.FIRST);

        // Then
        assertThat(code).isZero();
        assertThat(console.out()).contains("parent         " + Console.BASE, "pairs-0", "config.json");
    }

    @Test
    void auditFindsWhatTheTopicDoesNotHold() {
        // When
        int code = console.run("audit");

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(console.out())
                .contains("WRONG     " + Console.FIRST + ": stands at 1 in pairs-0, which ends at 0", "2 wrong");
    }

    @Test
    void auditWithoutTopicIsCleanHere() throws Exception {
        // When
        int code = console.run("audit", "--no-topic", "--json");

        // Then
        JsonNode report = new ObjectMapper().readTree(console.out());
        assertThat(code).isZero();
        assertThat(report.get("clean").asBoolean()).isTrue();
        assertThat(report.get("verified").asInt()).isEqualTo(3);
        assertThat(report.has("topic")).isFalse();
    }
}
