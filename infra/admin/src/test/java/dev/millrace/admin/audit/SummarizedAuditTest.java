package dev.millrace.admin.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.admin.audit.chain.Finding;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.lineage.RetentionRule;
import dev.millrace.checkpoints.version.Layout;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.Seal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A lineage long enough to have summaries: 300 versions of five records, and some records behind. */
class SummarizedAuditTest {
    private static final int SUMMARIZED = 256;
    private static final AuditScope BY_SUMMARY = new AuditScope(true, false);

    private final History history = new History(11, History.WIDE);
    private final List<Manifest> learned = new ArrayList<>();

    @BeforeEach
    void grow() {
        history.post(1_510);
        for (int i = 0; i < 300; i++) {
            learned.add(history.learn(5));
        }
        history.store.retain(RetentionRule.newest(3));
    }

    private String summarized() {
        return learned.get(SUMMARIZED - 1).version();
    }

    @Test
    void aLongLineageIsSummedByItsSummaryAndReadFromThere() {
        // When
        AuditReport report = history.audit(BY_SUMMARY);

        // Then
        assertThat(report.findings()).isEmpty();
        assertThat(report.summarized()).contains(summarized());
        assertThat(report.versions()).isEqualTo(301);
        assertThat(report.records()).isEqualTo(history.sum());
        assertThat(report.verified()).isEqualTo(3);
        assertThat(report.topic()).hasValueSatisfying(topic -> {
            assertThat(topic.notCompared()).isEqualTo(SUMMARIZED * 5L);
            assertThat(topic.accepted()).isEqualTo(44 * 5L + 10);
            assertThat(topic.waiting()).isEqualTo(10);
            assertThat(topic.lost()).isZero();
            assertThat(topic.twice()).isZero();
        });
    }

    @Test
    void allOfItIsReadWhereThatIsAskedFor() {
        // When
        AuditReport report = history.audit(AuditScope.EVERYTHING);

        // Then
        assertThat(report.findings()).isEmpty();
        assertThat(report.summarized()).isEmpty();
        assertThat(report.records()).isEqualTo(history.sum());
        assertThat(report.topic().orElseThrow().accepted()).isEqualTo(1_510);
    }

    @Test
    void whatAChannelKeepsIsHashedHoweverOld() {
        // Given
        History old = new History(12, History.WIDE);
        old.post(300);
        String pinned = old.learn(1).version();
        new Channel(old.store, "stable").pin(pinned, "the index");
        for (int i = 0; i < 260; i++) {
            old.learn(1);
        }
        old.store.retain(RetentionRule.newest(3));
        old.bucket.put(
                Layout.file(pinned, "moments.bin"), "moments9".getBytes(StandardCharsets.UTF_8), Condition.ALWAYS);

        // When
        AuditReport report = old.audit(BY_SUMMARY);

        // Then
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.subject()).isEqualTo(pinned);
            assertThat(finding.line()).startsWith("moments.bin is altered");
        });
    }

    @Test
    void aMissingSummaryIsMadeUpForByManifestsAndSaid() {
        // Given
        history.bucket.delete(Layout.summary(summarized()));

        // When
        AuditReport report = history.audit(BY_SUMMARY);

        // Then
        assertThat(report.findings()).isEmpty();
        assertThat(report.notes()).extracting(Finding::line).anyMatch(line -> line.startsWith("has no summary"));
        assertThat(report.summarized()).isEmpty();
        assertThat(report.records()).isEqualTo(history.sum());
        assertThat(report.topic().orElseThrow().accepted()).isEqualTo(1_510);
    }

    @Test
    void anAlteredSummaryIsWrongAndTheSumIsNot() {
        // Given
        byte[] body =
                history.bucket.get(Layout.summary(summarized())).orElseThrow().body();
        body[body.length / 2] ^= 1;
        history.bucket.put(Layout.summary(summarized()), body, Condition.ALWAYS);

        // When
        AuditReport report = history.audit(BY_SUMMARY);

        // Then
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.subject()).isEqualTo(summarized());
            assertThat(finding.line()).contains("manifests are read instead", "another hash than it says");
        });
        assertThat(report.records()).isEqualTo(history.sum());
    }

    @Test
    void aSummaryThatWasMadeUpIsFoundByReadingAll() {
        // Given one that is sealed, and says of one record more that it was trained
        String key = Layout.summary(summarized());
        String text = new String(Seal.open(history.bucket.get(key).orElseThrow().body()), StandardCharsets.UTF_8);
        String trained = text.replaceAll("(?s).*\"trained\" : (\\d+),.*", "$1");
        String more = text.replace("\"trained\" : " + trained, "\"trained\" : " + (Long.parseLong(trained) + 1));
        history.bucket.put(key, Seal.close(more.getBytes(StandardCharsets.UTF_8)), Condition.ALWAYS);

        // When
        AuditReport report = history.audit(AuditScope.EVERYTHING);

        // Then
        assertThat(report.findings()).singleElement().satisfies(finding -> assertThat(finding.line())
                .startsWith("its summary is of "));
        assertThat(report.records()).isEqualTo(history.sum());
    }

    @Test
    void whatAVersionPassedOverSinceTheSummaryIsFound() {
        // Given
        history.passOver(7);

        // When
        AuditReport report = history.audit(BY_SUMMARY);

        // Then
        assertThat(report.clean()).isFalse();
        assertThat(report.topic().orElseThrow().lost()).isEqualTo(7);
    }
}
