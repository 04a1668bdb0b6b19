package dev.millrace.admin.versions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.admin.Console;
import dev.millrace.checkpoints.lineage.RetentionRule;
import dev.millrace.checkpoints.version.Draft;
import dev.millrace.checkpoints.version.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void aPageSaysWhereTheNextOneBegins() throws Exception {
        // Given
        console.run("versions", "--limit", "1");
        String second = console.out();

        // When
        console.run("versions", "--from", Console.FIRST, "--limit", "1", "--json");

        // Then
        JsonNode page = new ObjectMapper().readTree(console.out());
        assertThat(second).endsWith("older: --from " + Console.FIRST + System.lineSeparator());
        assertThat(page.at("/versions/0/version").asText()).isEqualTo(Console.FIRST);
        assertThat(page.get("next").asText()).isEqualTo(Console.BASE);
        console.run("versions", "--from", Console.BASE, "--json");
        assertThat(new ObjectMapper().readTree(console.out()).has("next")).isFalse();
    }

    @Test
    void aPageDoesNotBeginBesideAVersionToShow() {
        // When
        int code = console.run("versions", Console.FIRST, "--from", Console.BASE);

        // Then
        assertThat(code).isEqualTo(2);
        assertThat(console.err()).contains("--from: not beside a VERSION");
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
    void whatRetentionDroppedIsDroppedThoughYoungerVersionsReferToSomeOfIt() {
        // Given
        console.publish("v000003-00000003", Optional.of(Console.SECOND), 3);
        console.store.retain(RetentionRule.newest(1));

        // When
        console.run("versions");

        // Then
        assertThat(console.out().lines().skip(1))
                .satisfiesExactly(
                        line -> assertThat(line).contains("  kept "),
                        line -> assertThat(line).startsWith(Console.SECOND).contains("  kept"),
                        line -> assertThat(line).startsWith(Console.FIRST).contains("  dropped"),
                        line -> assertThat(line).startsWith(Console.BASE).contains("  dropped"));
        console.run("versions", "v000003-00000003");
        assertThat(console.out()).contains(" lies with " + Console.BASE).doesNotContain("MISSING");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v000001", "v000009-00000009"})
    void aShortenedOrUnknownNameIsRefusedWithWhatIsNeeded(String name) {
        // When
        int code = console.run("versions", name);

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(console.err())
                .isEqualToIgnoringNewLines("millrace: version " + name
                        + " is not in the bucket; the whole name is needed, as ./millrace versions shows it");
    }

    @Test
    void whatAVersionForgotIsShownWithTheWorstFirst() throws Exception {
        // Given twelve groups
        String groups = IntStream.range(0, 12)
                .mapToObj(i -> ("{\"group\":\"group%d\",\"pairs\":20,\"whenLearned\":0.8,\"best\":0.9,\"now\":0.65,"
                                + "\"forgetting\":0.25,\"backwardTransfer\":-0.15,\"learnedIn\":1}")
                        .formatted(i))
                .collect(Collectors.joining(","));
        String version = published("{\"windows\":3,\"groups\":[" + groups + "],\"others\":{\"pairs\":7}}");

        // When
        int code = console.run("versions", version);

        // Then
        assertThat(code).isZero();
        assertThat(console.out().lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("  group0 ")
                        .containsSubsequence("20", "1", "0.8000", "0.9000", "0.6500", "0.2500", "-0.1500"))
                .contains("  and 2 more groups: --json")
                .anyMatch(line -> line.startsWith("  (all others)"))
                .noneMatch(line -> line.startsWith("  group10"));
        console.run("versions", version, "--json");
        assertThat(new ObjectMapper().readTree(console.out()).at("/ledger/groups"))
                .hasSize(12);
    }

    private String published(String ledger) throws IOException {
        String version = "v000003-00000003";
        Path files = Files.createDirectories(folder.resolve("with-ledger"));
        Files.writeString(files.resolve("ledger.json"), ledger);
        console.store.publish(
                new Draft(
                        version,
                        Optional.of(Console.SECOND),
                        "space-1",
                        Optional.empty(),
                        new TreeMap<>(),
                        Records.NONE,
                        new TreeMap<>(),
                        Optional.empty(),
                        new TreeMap<>()),
                files);
        return version;
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
