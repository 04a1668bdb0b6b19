package dev.millrace.admin.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.admin.Console;
import dev.millrace.events.topic.TopicSpec;
import dev.millrace.events.topic.Topics;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitCommandTest {
    @TempDir
    Path folder;

    private Console console;

    @BeforeEach
    void empty() {
        console = new Console(folder);
        console.broker.beEmpty();
    }

    @Test
    void whatIsMissingIsMade() {
        // When
        int code = console.run("init", "--partitions", "6", "--replication", "3");

        // Then
        assertThat(code).isZero();
        assertThat(console.out().lines())
                .contains("bucket millrace: made, keeps conditional writes")
                .contains("topic pairs: made, 6 partitions, max.message.bytes "
                        + new Topics("").pairs().maxMessageBytes())
                .contains("topic checkpoints: made, 1 partitions, max.message.bytes "
                        + new Topics("").checkpoints().maxMessageBytes())
                .endsWith("ready");
        for (TopicSpec topic : new Topics("", 6).all()) {
            assertThat(console.broker.settings(topic.name())).isEqualTo(topic.settings());
            assertThat(console.broker.identity(topic.name()).partitions()).isEqualTo(topic.partitions());
        }
    }

    @Test
    void theSecondTimeAllIsThere() {
        // Given
        console.run("init");

        // When
        int code = console.run("init");

        // Then
        assertThat(code).isZero();
        assertThat(console.out())
                .contains(
                        "bucket millrace: there, keeps conditional writes",
                        "topic pairs: there, id pairs-1, 4 partitions")
                .doesNotContain("made");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pairs | max.message.bytes | 1048588 | max.message.bytes is 1048588, wanted 1114112 or more",
                "dead-letters | max.message.bytes | 1048588 | max.message.bytes is 1048588, wanted ",
                "checkpoints | cleanup.policy | delete | cleanup.policy is delete, wanted compact",
                "pairs | cleanup.policy | compact,delete | cleanup.policy is compact,delete, wanted delete",
            })
    void aTopicThatDoesNotFitIsNamedWithSettingValueAndWhatIsWanted(
            String topic, String setting, String value, String complaint) {
        // Given
        console.run("init");
        console.broker.set(topic, 4, Map.of(setting, value));

        // When
        int code = console.run("init");

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(console.out()).contains("WRONG  topic " + topic + ": " + complaint, "not ready");
        assertThat(console.broker.settings(topic)).containsEntry(setting, value);
    }

    @Test
    void impressionsAndClicksThatCannotBeJoinedAreNamed() {
        // Given
        console.run("init");
        console.broker.set("clicks", 8, Map.of());

        // When
        int code = console.run("init");

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(console.out()).contains("WRONG  topic clicks: partitions are 8, wanted 4");
    }

    @Test
    void moreOrFewerPartitionsAreTheOperatorsChoice() {
        // Given
        console.run("init", "--partitions", "2");

        // When
        int code = console.run("init", "--partitions", "9");

        // Then
        assertThat(code).isZero();
        assertThat(console.out()).contains("topic pairs: there, id pairs-1, 2 partitions");
    }

    @Test
    void aBucketThatIgnoresConditionsDoesNotFit() {
        // Given
        console.broker.ignoreConditions();

        // When
        int code = console.run("init", "--json");

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(console.out()).contains("\"ready\" : false", "the bucket does not keep conditional writes");
    }

    @Test
    void aDryRunMakesNothing() {
        // When
        int code = console.run("init", "--dry-run");

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(console.out()).contains("bucket millrace: missing", "topic pairs: missing", "not ready");
        assertThat(console.broker.records("pairs")).isNull();
    }

    @Test
    void aNumberOutOfRangeIsWrongUsage() {
        // When
        int code = console.run("init", "--partitions", "0");

        // Then
        assertThat(code).isEqualTo(2);
        assertThat(console.err()).contains("must be 1 or more");
    }
}
