package dev.millrace.admin.rewind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.admin.Console;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.version.VersionName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RewindCommandTest {
    @TempDir
    Path folder;

    private Console console;

    @BeforeEach
    void versions() {
        console = Console.withVersions(folder);
    }

    @Test
    void theHeadAndTheChannelsGoBack() {
        // Given
        console.run("promote", Console.FIRST);
        console.run("promote", Console.SECOND);
        console.run("promote", Console.BASE, "--channel", "older");

        // When
        int code = console.run("rewind", Console.FIRST);

        // Then
        assertThat(code).isZero();
        assertThat(console.out().lines())
                .containsExactly(
                        "head was at " + Console.SECOND,
                        "head is  at " + Console.FIRST + ": 1 versions leave the lineage, 1 records are read again",
                        "stable was at " + Console.SECOND + ", is at " + Console.FIRST,
                        "announced on checkpoints");
        assertThat(console.store.head().map(Pointer::version)).contains(Console.FIRST);
        assertThat(channel("stable").hold()).isEmpty();
        assertThat(channel("stable").past()).isEmpty();
        assertThat(channel("older").version()).isEqualTo(Console.BASE);
    }

    @Test
    void aVersionThatLeftIsNotWhereARollbackGoes() {
        // Given
        List.of(Console.BASE, Console.SECOND, Console.FIRST, Console.SECOND)
                .forEach(version -> console.run("promote", version));
        console.run("rewind", Console.FIRST);

        // When
        int code = console.run("rollback", "--reason", "still worse");

        // Then
        assertThat(code).isZero();
        assertThat(channel("stable").version()).isEqualTo(Console.BASE);
    }

    @Test
    void aChannelThatIsHeldStays() {
        // Given
        console.run("pin", Console.SECOND, "--reason", "the index");

        // When
        int code = console.run("rewind", Console.BASE);

        // Then
        assertThat(code).isZero();
        assertThat(console.out()).contains("stable was at " + Console.SECOND + ", and stays: held, the index");
        assertThat(channel("stable").version()).isEqualTo(Console.SECOND);
    }

    @Test
    void aDryRunChangesNothing() {
        // When
        int code = console.run("rewind", Console.BASE, "--dry-run", "--json");

        // Then
        assertThat(code).isZero();
        assertThat(console.out()).contains("\"changed\" : false", "\"records\" : 2", Console.FIRST, Console.SECOND);
        assertThat(console.store.head().map(Pointer::version)).contains(Console.SECOND);
    }

    @Test
    void oneThatBrokeOffBeforeTheChannelsIsFinishedByAnother() {
        // Given
        console.run("promote", Console.SECOND);
        console.store.moveHead(console.store.head(), Console.FIRST);

        // When
        int code = console.run("rewind", Console.FIRST);

        // Then
        assertThat(code).isZero();
        assertThat(channel("stable").version()).isEqualTo(Console.FIRST);
    }

    @Test
    void aVersionOutsideTheLineageIsRefused() {
        // Given
        console.store.moveHead(console.store.head(), Console.FIRST);

        // When
        int code = console.run("rewind", Console.SECOND);

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(console.err()).contains(Console.SECOND + " is no version of the lineage");
    }

    @Test
    void recordsThatTheTopicDoesNotKeepAnyMoreAreNotGivenUp() {
        // Given
        console.broker.forget("pairs", 2);

        // When
        int code = console.run("rewind", Console.FIRST);

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(console.err())
                .contains("records of pairs-0 from offset 1 on are needed, and are not on the topic any more");
        assertThat(console.store.head().map(Pointer::version)).contains(Console.SECOND);
    }

    @Test
    void recordsOfATopicThatWasMadeAnewAreNotThere() {
        // Given
        console.broker.makeAnew("pairs");

        // When
        int code = console.run("rewind", Console.FIRST);

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(console.err())
                .contains("of id pairs-1, are needed, and the topic is another one now, of id pairs-2");
        assertThat(console.store.head().map(Pointer::version)).contains(Console.SECOND);
    }

    @Test
    void aLongLineageGoesBackBeforeItsSummariesAndOnFromThere() {
        // Given a channel of the days before the first summary, and one of the head
        String head = console.growTo(600);
        console.run("promote", Console.name(9), "--channel", "older");
        console.run("promote", head);

        // When
        int code = console.run("rewind", Console.name(10));

        // Then
        assertThat(code).isZero();
        assertThat(console.out())
                .contains("590 versions leave the lineage, 590 records are read again")
                .contains("stable was at " + head + ", is at " + Console.name(10));
        assertThat(channel("older").version()).isEqualTo(Console.name(9));
        console.publish("v000011-0000000b", Optional.of(Console.name(10)), 11);
        assertThat(console.run("audit", "--no-topic")).isZero();
        assertThat(console.out()).contains("12 versions", "read      every manifest", "11 trained");
    }

    @Test
    void aVersionOfAnotherBranchIsNoneOfTheLineageWhateverItsSummarySays() {
        // Given two lines that each have a summary
        console.growTo(300);
        console.run("rewind", Console.name(200));
        Optional<String> parent = Optional.of(Console.name(200));
        for (int i = 201; i <= 300; i++) {
            String version = new VersionName(i, "0000000b").toString();
            console.publish(version, parent, i);
            parent = Optional.of(version);
        }

        // When
        int code = console.run("rewind", Console.name(250));

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(console.err()).contains(Console.name(250) + " is no version of the lineage");
        assertThat(console.run("rewind", "v000250-0000000b")).isZero();
    }

    private Pointer channel(String name) {
        Optional<Pointer> pointer = console.store.channel(name);
        return pointer.orElseThrow();
    }
}
