package dev.millrace.admin.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.admin.audit.chain.Finding;
import dev.millrace.checkpoints.lineage.RetentionRule;
import dev.millrace.checkpoints.version.Manifest;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AuditTest {
    @Property(tries = 40)
    void aLineageGrownAsItShouldBeIsClean(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int horizon) {
        // Given
        History history = new History(seed, horizon);
        Random random = new Random(seed);
        for (int i = 0; i < 6; i++) {
            history.post(random.nextInt(60));
            if (random.nextInt(8) == 0) {
                history.diverge(random.nextInt(10));
            } else {
                history.learnBut(random.nextInt(3) * 5, random.nextInt(50));
            }
        }
        history.store.retain(RetentionRule.newest(1 + random.nextInt(4)));

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
    void pairsThatCouldNotBeLearnedAreANoteAndNoFault() {
        // Given
        History history = History.grown();
        history.learn(30);
        Manifest second = history.learnBut(3, 30);

        // When
        AuditReport report = history.audit();

        // Then
        assertThat(report.clean()).isTrue();
        assertThat(report.notes()).singleElement().satisfies(note -> {
            assertThat(note.subject()).isEqualTo(second.version());
            assertThat(note.toString()).contains("valid pairs that could not be learned");
        });
    }

    @Test
    void aVersionThatRetentionLeftHalfRemovedIsNoFault() {
        // Given
        History history = History.grown();
        Manifest old = history.learn(20);
        history.learn(10);
        history.bucket.delete("versions/" + old.version() + "/model.safetensors");

        // When
        AuditReport report = history.audit();

        // Then
        assertThat(report.clean()).isTrue();
        assertThat(report.dropped()).isEqualTo(1);
        assertThat(report.notes()).singleElement().satisfies(note -> {
            assertThat(note.subject()).isEqualTo(old.version());
            assertThat(note.line()).startsWith("keeps only some of its files");
        });
    }

    @Test
    void recordsThatTheTopicNoLongerHasAreNotCompared() {
        // Given
        History history = History.grown();
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
    void anEmptyBucketIsCleanAndAllIsWaiting() {
        // Given
        History history = History.grown();
        history.bucket.list("").forEach(entry -> history.bucket.delete(entry.key()));

        // When
        AuditReport report = history.audit();

        // Then
        assertThat(report.clean()).isTrue();
        assertThat(report.topic().orElseThrow().waiting()).isEqualTo(100);
    }
}
