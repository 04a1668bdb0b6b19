package dev.millrace.admin.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.checkpoints.Channel;
import dev.millrace.checkpoints.Condition;
import dev.millrace.checkpoints.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AuditTest {
    private static final int WIDE = 100_000;

    @Property(tries = 60)
    void aLineageGrownAsItShouldBeIsClean(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int horizon) {
        // Given
        History history = new History(seed, horizon);
        Random random = new Random(seed);
        for (int i = 0; i < 6; i++) {
            history.post(random.nextInt(60));
            if (random.nextInt(8) == 0) {
                history.diverge(random.nextInt(10));
            } else {
                history.learn(random.nextInt(50));
            }
        }
        history.store.retain(1 + random.nextInt(4));

        // When
        AuditReport report = history.audit();

        // Then
        assertThat(report.findings()).isEmpty();
        assertThat(report.records()).isEqualTo(history.sum());
        assertThat(report.topic().orElseThrow()).satisfies(topic -> {
            assertThat(topic.lost()).isZero();
            assertThat(topic.twice()).isZero();
            assertThat(topic.accepted() - topic.waiting())
                    .isEqualTo(history.sum().total());
        });
    }

    @Test
    void aRecordThatNoCountKnowsOfIsLost() {
        // Given
        History history = grown();
        Manifest middle = history.learn(20);
        history.learn(20);
        edit(history, middle, json -> count(json, "trained", -1));

        // When
        AuditReport report = history.audit();

        // Then
        assertThat(report.findings())
                .containsExactly(new Finding(
                        middle.version(),
                        "counts 19 records, but the topic has 20 between its parent's offsets and its own"));
        assertThat(report.topic().orElseThrow().lost()).isEqualTo(1);
        assertThat(report.topic().orElseThrow().twice()).isZero();
    }

    @Test
    void aRecordCountedTwiceIsTwice() {
        // Given
        History history = grown();
        Manifest middle = history.learn(20);
        edit(history, middle, json -> count(json, "trained", 2));

        // When
        AuditReport report = history.audit();

        // Then
        assertThat(report.findings()).extracting(Finding::subject).containsExactly(middle.version());
        assertThat(report.topic().orElseThrow().twice()).isEqualTo(2);
        assertThat(report.topic().orElseThrow().lost()).isZero();
    }

    @Test
    void aRepeatThatWasLearnedAgainIsTwice() {
        // Given
        History history = new History(1, WIDE);
        history.topic.post(0, FakeTopic.pair("a"), 0);
        history.topic.post(0, FakeTopic.pair("a"), 0);
        Manifest version = history.learn(2);
        edit(history, version, json -> {
            count(json, "trained", 1);
            count(json, "duplicates", -1);
        });

        // When
        AuditReport report = history.audit();

        // Then
        assertThat(report.findings())
                .containsExactly(
                        new Finding(version.version(), "counts 0 repeats, but 1 of its records repeat an earlier id"));
        assertThat(report.topic().orElseThrow().twice()).isEqualTo(1);
    }

    @Test
    void shiftedOffsetsPassOverRecordsAndTakeThemTwice() {
        // Given
        History history = new History(1, WIDE);
        for (int i = 0; i < 30; i++) {
            history.topic.post(0, FakeTopic.pair("id-" + i), 0);
        }
        Manifest shifted = history.learn(10);
        Manifest next = history.learn(10);
        edit(history, shifted, json -> ((ObjectNode) json.get("offsets")).put("pairs-0", 13));

        // When
        AuditReport report = history.audit();

        // Then
        assertThat(report.findings()).extracting(Finding::subject).containsExactly(shifted.version(), next.version());
        assertThat(report.topic().orElseThrow().lost()).isEqualTo(3);
        assertThat(report.topic().orElseThrow().twice()).isEqualTo(3);
    }

    @Test
    void offsetsThatGoBackAndPartitionsThatDisappearAreNamed() {
        // Given
        History history = grown();
        history.learn(30);
        Manifest child = history.learn(0);
        edit(history, child, json -> {
            ((ObjectNode) json.get("offsets")).put("pairs-0", 1);
            ((ObjectNode) json.get("offsets")).remove("pairs-1");
        });

        // When
        AuditReport report = history.audit();

        // Then
        assertThat(report.findings())
                .extracting(Finding::line)
                .anyMatch(line -> line.startsWith("goes back in pairs-0"))
                .anyMatch(line -> line.startsWith("forgets pairs-1"));
    }

    @Test
    void oneAlteredByteIsFoundByItsFile() {
        // Given
        History history = grown();
        Manifest version = history.learn(20);
        put(
                history,
                "versions/" + version.version() + "/model.safetensors",
                "weightS".getBytes(StandardCharsets.UTF_8));

        // When
        AuditReport report = history.audit();

        // Then
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.subject()).isEqualTo(version.version());
            assertThat(finding.line()).startsWith("model.safetensors is altered: ");
        });
    }

    @Test
    void aMissingParentIsAGap() {
        // Given
        History history = grown();
        Manifest lost = history.learn(20);
        Manifest child = history.learn(20);
        history.bucket.delete("versions/" + lost.version() + "/manifest.json");

        // When
        AuditReport report = history.audit();

        // Then
        assertThat(report.findings())
                .containsExactly(new Finding(
                        lost.version(),
                        "has no manifest though " + child.version() + " names it: the lineage has a gap"));
        assertThat(report.versions()).isEqualTo(1);
    }

    @Test
    void aMalformedManifestIsNamed() {
        // Given
        History history = grown();
        Manifest altered = history.learn(20);
        history.learn(20);
        put(history, "versions/" + altered.version() + "/manifest.json", new byte[] {'{'});

        // When
        AuditReport report = history.audit();

        // Then
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.subject()).isEqualTo(altered.version());
            assertThat(finding.line()).startsWith("manifest.json ");
        });
    }

    @Test
    void aChannelThatPointsToATornVersionIsNamed() {
        // Given
        History history = grown();
        Manifest version = history.learn(20);
        new Channel(history.store, "stable").pin(version.version(), "because");
        history.learn(10);
        history.bucket.delete("versions/" + version.version() + "/config.json");

        // When
        AuditReport report = history.audit();

        // Then
        assertThat(report.findings())
                .contains(
                        new Finding("channel stable", "points to " + version.version() + ", which lacks config.json"));
        assertThat(report.notes())
                .contains(new Finding("channel stable", "is held at " + version.version() + ": because"));
    }

    @Test
    void aVersionThatRetentionLeftHalfRemovedIsNoFault() {
        // Given
        History history = grown();
        Manifest old = history.learn(20);
        history.learn(10);
        history.bucket.delete("versions/" + old.version() + "/config.json");

        // When
        AuditReport report = history.audit();

        // Then
        assertThat(report.clean()).isTrue();
        assertThat(report.dropped()).isEqualTo(1);
    }

    @Test
    void recordsThatTheTopicNoLongerHasAreNotCompared() {
        // Given
        History history = grown();
        Manifest first = history.learn(30);
        history.learn(30);
        history.topic.retainFrom(0, 2);

        // When
        AuditReport report = history.audit();

        // Then
        assertThat(report.clean()).isTrue();
        assertThat(report.topic().orElseThrow().notCompared()).isEqualTo(30);
        assertThat(report.notes()).extracting(Finding::subject).containsExactly(first.version());
    }

    @Test
    void aVersionBehindTheTopicsEndIsNamed() {
        // Given
        History history = grown();
        Manifest version = history.learn(10);
        edit(history, version, json -> ((ObjectNode) json.get("offsets")).put("pairs-0", 5000));

        // When
        AuditReport report = history.audit();

        // Then
        assertThat(report.findings()).singleElement().satisfies(finding -> assertThat(finding.line())
                .startsWith("stands at 5000 in pairs-0, which ends at "));
    }

    @Test
    void anEmptyBucketIsCleanAndAllIsWaiting() {
        // Given
        History history = grown();
        history.bucket.list("").forEach(entry -> history.bucket.delete(entry.key()));

        // When
        AuditReport report = history.audit();

        // Then
        assertThat(report.clean()).isTrue();
        assertThat(report.topic().orElseThrow().waiting()).isEqualTo(100);
    }

    @Test
    void aLostHeadIsNamed() {
        // Given
        History history = grown();
        history.bucket.delete("head.json");

        // When
        AuditReport report = new Audit(history.store).run(Optional.empty(), false);

        // Then
        assertThat(report.findings())
                .containsExactly(new Finding("head", "there is none, though the bucket holds versions"));
    }

    private static History grown() {
        History history = new History(7, WIDE);
        history.post(100);
        return history;
    }

    private static void count(ObjectNode manifest, String name, int more) {
        ObjectNode records = (ObjectNode) manifest.get("records");
        records.put(name, records.get(name).asLong() + more);
    }

    private static void edit(History history, Manifest manifest, Consumer<ObjectNode> change) {
        String key = "versions/" + manifest.version() + "/manifest.json";
        ObjectMapper json = new ObjectMapper();
        try {
            ObjectNode tree = (ObjectNode)
                    json.readTree(history.bucket.get(key).orElseThrow().body());
            change.accept(tree);
            put(history, key, json.writeValueAsBytes(tree));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void put(History history, String key, byte[] body) {
        history.bucket.put(key, body, Condition.ALWAYS);
    }
}
