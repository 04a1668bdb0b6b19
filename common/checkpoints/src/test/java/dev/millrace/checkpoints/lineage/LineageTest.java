package dev.millrace.checkpoints.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.checkpoints.bucket.InMemoryBucket;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.Records;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LineageTest {
    @TempDir
    Path folder;

    private final CheckpointStore store = new CheckpointStore(new InMemoryBucket(Clock.systemUTC()), Clock.systemUTC());

    @Test
    void a_lineage_sums_the_records_from_tip_to_base() throws IOException {
        // Given
        final Path model = Drafts.folder(folder, 1);
        store.publish(Drafts.base("v0"), model);
        store.publish(Drafts.child("v1", "v0"), model);
        store.publish(Drafts.child("v2", "v1"), model);
        store.publish(Drafts.child("aside", "v1"), model);
        // When
        final Lineage lineage = store.lineage("v2");
        // Then
        assertThat(lineage.manifests()).extracting(Manifest::version).containsExactly("v2", "v1", "v0");
        assertThat(lineage.records()).isEqualTo(new Records(300, 15, 9, 3));
        assertThat(lineage.isComplete()).isTrue();
    }

    @Test
    void a_lineage_with_a_gap_says_where() throws IOException {
        // Given
        store.publish(Drafts.child("v2", "v1"), Drafts.folder(folder, 1));
        // When
        final Lineage lineage = store.lineage("v2");
        // Then
        assertThat(lineage.end()).isEqualTo(new Lineage.End.Missing("v1"));
        assertThat(lineage.records()).isEqualTo(Drafts.RECORDS);
        assertThat(lineage.isComplete()).isFalse();
    }

    @Test
    void a_lineage_that_runs_in_circles_ends() throws IOException {
        // Given
        final Path model = Drafts.folder(folder, 1);
        store.publish(Drafts.child("v1", "v2"), model);
        store.publish(Drafts.child("v2", "v1"), model);
        // When
        final Lineage lineage = store.lineage("v2");
        // Then
        assertThat(lineage.end()).isEqualTo(new Lineage.End.Cycle("v2"));
        assertThat(lineage.manifests()).hasSize(2);
    }

    @Test
    void counts_that_overflow_are_no_sum() {
        // Given
        final Records most = new Records(Long.MAX_VALUE, 0, 0, 0);
        // When / Then
        assertThatThrownBy(() -> most.plus(Drafts.RECORDS)).isInstanceOf(ArithmeticException.class);
    }
}
