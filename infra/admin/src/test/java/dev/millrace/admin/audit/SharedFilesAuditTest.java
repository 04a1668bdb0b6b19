package dev.millrace.admin.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.admin.audit.chain.Finding;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.lineage.RetentionRule;
import dev.millrace.checkpoints.version.Manifest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Files that lie with an older version. */
class SharedFilesAuditTest {
    @Test
    void anAlteredFileIsFoundInEveryVersionThatRefersToIt() {
        // Given a configuration that no version changed
        History history = History.grown();
        Manifest first = history.learn(20);
        Manifest second = history.learn(20);
        String base = first.parent().orElseThrow();
        history.bucket.put(
                "versions/" + base + "/config.json", "[]".getBytes(StandardCharsets.UTF_8), Condition.ALWAYS);

        // When
        AuditReport report = history.audit();

        // Then
        assertThat(report.findings())
                .extracting(Finding::subject)
                .containsExactly(base, first.version(), second.version());
        assertThat(report.findings())
                .extracting(Finding::line)
                .allMatch(line -> line.startsWith("config.json is altered: "));
    }

    @Test
    void whatAYoungerVersionRefersToIsNoLeavings() {
        // Given a retention that left the base its configuration only
        History history = History.grown();
        Manifest first = history.learn(20);
        history.learn(10);
        history.learn(10);
        history.store.retain(RetentionRule.newest(1));

        // When
        AuditReport report = history.audit();

        // Then
        assertThat(history.bucket.stat("versions/" + first.parent().orElseThrow() + "/config.json"))
                .isPresent();
        assertThat(report.clean()).isTrue();
        assertThat(report.notes()).isEmpty();
        assertThat(report.dropped()).isEqualTo(2);
        assertThat(report.verified()).isEqualTo(2);
    }
}
