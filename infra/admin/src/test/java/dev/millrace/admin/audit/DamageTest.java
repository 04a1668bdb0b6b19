package dev.millrace.admin.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.admin.audit.chain.Finding;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.Digests;
import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.version.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever is done to a lineage behind the trainers' back is found, and named. */
class DamageTest {
    @Test
    void aRecordThatNoCountKnowsOfIsLost() {
        // Given
        History history = History.grown();
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
        History history = History.grown();
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
        History history = new History(1, History.WIDE);
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
        History history = new History(1, History.WIDE);
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
        History history = History.grown();
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
        History history = History.grown();
        Manifest version = history.learn(20);
        put(
                history,
                "versions/" + version.version() + "/model.safetensors",
                "weightS1".getBytes(StandardCharsets.UTF_8));

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
        History history = History.grown();
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
        History history = History.grown();
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
    void aManifestWithOneDigitAlteredIsNamed() {
        // Given
        History history = History.grown();
        Manifest altered = history.learn(20);
        history.learn(20);
        String key = "versions/" + altered.version() + "/manifest.json";
        String json = new String(history.bucket.get(key).orElseThrow().body(), StandardCharsets.UTF_8);
        put(history, key, json.replace("\"trained\" : 1", "\"trained\" : 2").getBytes(StandardCharsets.UTF_8));

        // When
        AuditReport report = history.audit();

        // Then
        assertThat(report.findings())
                .containsExactly(new Finding(
                        altered.version(),
                        "manifest.json the whole: has another hash than it says; nothing older can be walked"));
    }

    @Test
    void aChannelThatPointsToATornVersionIsNamed() {
        // Given
        History history = History.grown();
        Manifest version = history.learn(20);
        new Channel(history.store, "stable").pin(version.version(), "because");
        history.learn(10);
        history.bucket.delete("versions/" + version.version() + "/model.safetensors");

        // When
        AuditReport report = history.audit();

        // Then
        assertThat(report.findings())
                .contains(new Finding(
                        "channel stable", "points to " + version.version() + ", which lacks model.safetensors"));
        assertThat(report.notes())
                .contains(new Finding("channel stable", "is held at " + version.version() + ": because"));
    }

    @Test
    void aVersionBehindTheTopicsEndIsNamed() {
        // Given
        History history = History.grown();
        Manifest version = history.learn(10);
        edit(history, version, json -> ((ObjectNode) json.get("offsets")).put("pairs-0", 5000));

        // When
        AuditReport report = history.audit();

        // Then
        assertThat(report.findings()).singleElement().satisfies(finding -> assertThat(finding.line())
                .startsWith("stands at 5000 in pairs-0, which ends at "));
    }

    @Test
    void aLostHeadIsNamed() {
        // Given
        History history = History.grown();
        history.bucket.delete("head.json");

        // When
        AuditReport report = new Audit(history.store).run(Optional.empty(), new AuditScope(false, true));

        // Then
        assertThat(report.findings())
                .containsExactly(new Finding("head", "there is none, though the bucket holds versions"));
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
            tree.remove("ownSha256");
            change.accept(tree);
            put(history, key, sealed(json.writerWithDefaultPrettyPrinter().writeValueAsString(tree)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** As somebody would who knows the form; see common/checkpoints' README. */
    private static byte[] sealed(String json) {
        String hash = Digests.hex(json.getBytes(StandardCharsets.UTF_8));
        return (json.substring(0, json.length() - 2) + ",\n  \"ownSha256\" : \"" + hash + "\"\n}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void put(History history, String key, byte[] body) {
        history.bucket.put(key, body, Condition.ALWAYS);
    }
}
