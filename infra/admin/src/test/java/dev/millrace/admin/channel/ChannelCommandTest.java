package dev.millrace.admin.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.admin.Console;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.events.json.Decoded;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.CheckpointEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelCommandTest {
    @TempDir
    Path folder;

    private Console console;

    @BeforeEach
    void versions() {
        console = Console.withVersions(folder);
    }

    @Test
    void promoteMovesTheChannelSaysFromWhereToWhereAndTellsTheEncoders() {
        // Given
        console.run("promote", Console.FIRST);

        // When
        int code = console.run("promote", Console.SECOND);

        // Then
        assertThat(code).isZero();
        assertThat(console.out().lines())
                .containsExactly(
                        "stable was at " + Console.FIRST + ", free to move",
                        "stable is  at " + Console.SECOND + ", free to move",
                        "announced on checkpoints");
        assertThat(EventJson.readCheckpointEvent(
                        console.broker.records("checkpoints").get(1).value()))
                .isEqualTo(new Decoded.Valid<>(new CheckpointEvent(
                        "stable", Console.SECOND, "space-1", Instant.parse("2026-05-01T10:00:00Z"))));
        assertThat(console.broker.records("checkpoints").get(1).key())
                .isEqualTo("stable".getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"promote v000001", "pin v000001 --reason old", "rewind v000001"})
    void aShortenedNameIsRefusedWithWhatIsNeeded(String command) {
        // When
        int code = console.run(command.split(" ", -1));

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(console.err()).contains("v000001", "the whole name is needed, as ./millrace versions shows it");
    }

    @Test
    void rollbackGoesBackAndHolds() {
        // Given
        console.run("promote", Console.FIRST);
        console.run("promote", Console.SECOND);

        // When
        int code = console.run("rollback", "--reason", "worse since noon");

        // Then
        assertThat(code).isZero();
        assertThat(stable().version()).isEqualTo(Console.FIRST);
        assertThat(stable().hold()).contains("worse since noon");
    }

    @Test
    void holdAndReleaseLeaveItWhereItIs() {
        // Given
        console.run("pin", Console.FIRST, "--reason", "index");

        // When
        int released = console.run("release", "--json");

        // Then
        assertThat(released).isZero();
        assertThat(console.out()).contains("\"hold\" : \"index\"", "\"announced\" : false");
        assertThat(stable().version()).isEqualTo(Console.FIRST);
        assertThat(stable().hold()).isEmpty();
        assertThat(console.run("hold", "--reason", "sale")).isZero();
        assertThat(stable().hold()).contains("sale");
    }

    @Test
    void aBrokerThatIsDownOnlyDelaysTheEncoders() {
        // Given
        console.broker.goDown();

        // When
        int code = console.run("promote", Console.SECOND, "--channel", "candidate");

        // Then
        assertThat(code).isZero();
        assertThat(console.out()).contains("not announced: encoders will see it at their next poll", "no metadata");
        assertThat(console.store.channel("candidate").map(Pointer::version)).contains(Console.SECOND);
    }

    @Test
    void aVersionThatIsNotThereIsOneLineAndOne() {
        // When
        int code = console.run("promote", "v000009-00000009");

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(console.err())
                .isEqualToIgnoringNewLines("millrace: version v000009-00000009 is not in the bucket; the whole name is"
                        + " needed, as ./millrace versions shows it");
        assertThat(console.store.channel("stable")).isEmpty();
    }

    @Test
    void aReasonIsRequired() {
        // When
        int code = console.run("pin", Console.FIRST);

        // Then
        assertThat(code).isEqualTo(2);
        assertThat(console.err()).contains("--reason").contains("./millrace pin --help");
    }

    private Pointer stable() {
        Optional<Pointer> stable = console.store.channel("stable");
        return stable.orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "promote " + Console.FIRST,
                "pin " + Console.FIRST + " --reason x",
                "rewind " + Console.FIRST,
                "adopt-topic"
            })
    void nothingIsMovedInABucketThatIgnoresConditions(String command) {
        // Given
        console.broker.ignoreConditions();

        // When
        int code = console.run(command.split(" "));

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(console.err().lines())
                .singleElement()
                .asString()
                .startsWith("millrace: the bucket does not keep conditional writes");
        assertThat(console.store.channel("stable")).isEmpty();
        assertThat(console.store.head().map(Pointer::version)).contains(Console.SECOND);
    }
}
