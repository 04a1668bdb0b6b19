package dev.millrace.admin.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.admin.Console;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.Records;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdoptTopicCommandTest {
    @TempDir
    Path folder;

    private Console console;

    @BeforeEach
    void versions() {
        console = Console.withVersions(folder);
    }

    private Manifest head() {
        return console.store
                .manifest(console.store.head().map(Pointer::version).orElseThrow())
                .orElseThrow();
    }

    @Test
    void theLineageGoesOnFromTheBeginningOfTheTopicThatIsThereNow() {
        // Given
        console.broker.makeAnew("pairs");
        console.broker.post("pairs", new byte[1]);
        console.broker.post("pairs", new byte[1]);
        console.broker.post("pairs", new byte[1]);

        // When
        int code = console.run("adopt-topic");

        // Then
        assertThat(code).isZero();
        assertThat(head().parent()).contains(Console.SECOND);
        assertThat(head().version()).startsWith("v000003-");
        assertThat(head().topic()).contains(console.broker.identity("pairs"));
        assertThat(head().offsets()).isEqualTo(Map.of("pairs-0", 0L));
        assertThat(head().records()).isEqualTo(Records.NONE);
        assertThat(head().files())
                .isEqualTo(console.store.manifest(Console.SECOND).orElseThrow().files());
        assertThat(console.store.verify(head().version())).isEqualTo(head());
        assertThat(console.out().lines())
                .containsExactly(
                        "learned from pairs, id pairs-1, 1 partitions, up to {pairs-0=2}",
                        "there is now pairs, id pairs-2, 1 partitions, of offsets {pairs-0=0} to {pairs-0=3}",
                        "head was at " + Console.SECOND,
                        "head is  at " + head().version() + ", which reads on from {pairs-0=0}: 3 records so far");
    }

    @Test
    void theAuditFindsTheOtherTopicUntilItIsAccepted() {
        // Given
        console.broker.makeAnew("pairs");
        console.broker.post("pairs", new byte[1]);
        int before = console.run("audit");
        String found = console.out();

        // When
        console.run("adopt-topic");
        int after = console.run("audit");

        // Then
        assertThat(before).isEqualTo(1);
        assertThat(found).contains("WRONG     pairs: the topic is another one: its id is pairs-2");
        assertThat(after).isZero();
        assertThat(console.out()).contains("1 accepted, 1 waiting, 2 not compared, 0 lost, 0 twice", "\nclean");
    }

    @Test
    void aTopicThatLostItsFirstRecordsIsReadFromWhereItBegins() {
        // Given
        console.broker.makeAnew("pairs");
        console.broker.post("pairs", new byte[1]);
        console.broker.post("pairs", new byte[1]);
        console.broker.forget("pairs", 1);

        // When
        console.run("adopt-topic");

        // Then
        assertThat(head().offsets()).isEqualTo(Map.of("pairs-0", 1L));
        assertThat(console.run("audit")).isZero();
    }

    @Test
    void aDryRunChangesNothing() {
        // Given
        console.broker.makeAnew("pairs");

        // When
        int code = console.run("adopt-topic", "--dry-run", "--json");

        // Then
        assertThat(code).isZero();
        assertThat(console.out()).contains("\"changed\" : false", "\"needed\" : true", "\"id\" : \"pairs-2\"");
        assertThat(head().version()).isEqualTo(Console.SECOND);
    }

    @Test
    void whereTheTopicIsTheLineagesThereIsNothingToDo() {
        // When
        int code = console.run("adopt-topic");

        // Then
        assertThat(code).isZero();
        assertThat(console.out()).contains("nothing to do: " + Console.SECOND + " goes on with this topic as it is");
        assertThat(head().version()).isEqualTo(Console.SECOND);
    }

    @Test
    void aLineageThatDoesNotSayItsTopicIsLeftToAPerson() {
        // Given
        Console older = Console.withVersionsOfAnOlderMillrace(folder.resolve("older"));

        // When
        int refused = older.run("adopt-topic");
        String complaint = older.err();
        int accepted = older.run("adopt-topic", "--unrecorded");

        // Then
        assertThat(refused).isEqualTo(1);
        assertThat(complaint).contains("does not say which topic it was learned from", "--unrecorded");
        assertThat(accepted).isZero();
        assertThat(older.store.head().map(Pointer::version)).isNotEqualTo(Console.SECOND);
    }
}
