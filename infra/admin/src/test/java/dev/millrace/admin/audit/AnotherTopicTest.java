package dev.millrace.admin.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.admin.audit.chain.Finding;
import dev.millrace.checkpoints.version.Manifest;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The topic was deleted and made again while the bucket stayed. */
class AnotherTopicTest {
    @Property(tries = 40)
    void isSaidWhateverItsLength(@ForAll long seed, @ForAll @IntRange(max = 300) int records) {
        // Given
        History history = new History(seed, History.WIDE);
        history.post(100);
        history.learn(200);
        history.topic.makeAnew();
        history.post(records);

        // When
        AuditReport report = history.audit();

        // Then
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.subject()).isEqualTo("pairs");
            assertThat(finding.line()).startsWith("the topic is another one: its id is firstx, ");
        });
        assertThat(report.topic().orElseThrow().waiting()).isEqualTo(records);
        assertThat(report.topic().orElseThrow().notCompared())
                .isEqualTo(history.sum().total());
        assertThat(report.topic().orElseThrow().lost()).isZero();
    }

    @Test
    void theRecordsThatWouldBePassedOverAreCounted() {
        // Given
        History history = new History(1, History.WIDE);
        for (int i = 0; i < 5; i++) {
            history.topic.post(0, FakeTopic.pair("old-" + i), 0);
        }
        history.learn(5);
        history.topic.makeAnew();
        for (int i = 0; i < 9; i++) {
            history.topic.post(0, FakeTopic.pair("new-" + i), 0);
        }

        // When
        AuditReport report = history.audit();

        // Then
        assertThat(report.findings())
                .extracting(Finding::line)
                .singleElement()
                .asString()
                .contains("5 acknowledged records of it before offset {pairs-0=5} were never read");
    }

    @Property(tries = 40)
    void acceptedFromItsBeginningItIsClean(@ForAll long seed, @ForAll @IntRange(max = 300) int records) {
        // Given
        History history = new History(seed, History.WIDE);
        history.post(100);
        history.learn(80);
        history.topic.makeAnew();
        history.accept();
        history.post(records);
        long learned = history.learn(records / 2).records().total()
                + history.learn(records).records().total();

        // When
        AuditReport report = history.audit();

        // Then
        assertThat(report.findings()).isEmpty();
        assertThat(report.notes()).extracting(Finding::subject).containsExactly("pairs");
        assertThat(report.topic().orElseThrow().accepted()).isEqualTo(records);
        assertThat(report.topic().orElseThrow().waiting()).isEqualTo(records - learned);
    }

    @Test
    void aVersionThatWentOnInItUnaskedIsNamedWithWhatItPassedOver() {
        // Given
        History history = new History(1, History.WIDE);
        for (int i = 0; i < 5; i++) {
            history.topic.post(0, FakeTopic.pair("old-" + i), 0);
        }
        history.learn(5);
        history.topic.makeAnew();
        for (int i = 0; i < 9; i++) {
            history.topic.post(0, FakeTopic.pair("new-" + i), 0);
        }
        Manifest child = history.learn(9);

        // When
        AuditReport report = history.audit();

        // Then
        assertThat(report.findings())
                .allSatisfy(finding -> assertThat(finding.subject()).isEqualTo(child.version()));
        assertThat(report.findings())
                .extracting(Finding::line)
                .anyMatch(line -> line.contains("nobody accepted that"))
                .anyMatch(line -> line.startsWith("counts 4 records, but the topic has 9"));
        assertThat(report.topic().orElseThrow().lost()).isEqualTo(5);
    }

    @Test
    void versionsThatDoNotSayTheirTopicAreComparedAsBefore() {
        // Given
        History history = History.grown().withoutTopics();
        history.learn(30);

        // When
        AuditReport report = history.audit();

        // Then
        assertThat(report.clean()).isTrue();
        assertThat(report.topic().orElseThrow().notCompared()).isZero();
    }

    @Test
    void versionsOfAnOlderMillraceAreOfTheTopicThatTheNextOnesName() {
        // Given
        History history = History.grown().withoutTopics();
        history.learn(30);
        history.withTopics().learn(30);
        history.topic.makeAnew();

        // When
        AuditReport report = history.audit();

        // Then
        assertThat(report.topic().orElseThrow().notCompared()).isEqualTo(60);
    }
}
