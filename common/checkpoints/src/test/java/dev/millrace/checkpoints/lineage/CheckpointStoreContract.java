package dev.millrace.checkpoints.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.checkpoints.bucket.Entry;
import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.pointer.StalePointerException;
import dev.millrace.checkpoints.transfer.UnknownVersionException;
import dev.millrace.checkpoints.version.AlteredVersionException;
import dev.millrace.checkpoints.version.VersionName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What a {@link CheckpointStore} keeps: its versions, and what points to them. */
abstract class CheckpointStoreContract extends ReferenceContract {

    @Test
    void a_pointer_reads_back_as_it_was_moved() throws IOException {
        // Given
        store.publish(Drafts.base("v0"), Drafts.folder(folder, 1));
        store.publish(Drafts.child("v1", "v0"), Drafts.folder(folder, 2));
        // When
        final Pointer first = store.moveHead(Optional.empty(), "v0");
        final Pointer second = store.moveHead(Optional.of(first), "v1");
        final Pointer stable = new Channel(store, "stable").promote("v0");
        // Then
        assertThat(store.head())
                .contains(second)
                .contains(new Pointer("v1", second.etag(), NOW, List.of(), Optional.empty()));
        assertThat(store.channel("stable")).contains(stable);
        assertThat(store.channel("candidate")).isEmpty();
        assertThat(store.channels()).containsExactly("stable");
        assertThat(bucket.list("guards/")).isEmpty();
    }

    @Test
    void a_stale_mover_learns_where_the_pointer_is() throws IOException {
        // Given a pointer that went away and came back to the same version
        store.publish(Drafts.base("v0"), Drafts.folder(folder, 1));
        store.publish(Drafts.child("v1", "v0"), Drafts.folder(folder, 2));
        final Pointer seen = store.moveHead(Optional.empty(), "v0");
        final Pointer away = store.moveHead(Optional.of(seen), "v1");
        final Pointer back = store.moveHead(Optional.of(away), "v0");
        // When
        final StalePointerException stale =
                catchThrowableOfType(StalePointerException.class, () -> store.moveHead(Optional.of(seen), "v1"));
        // Then
        assertThat(stale.current()).contains(back);
        assertThat(store.head()).contains(back);
    }

    @Test
    void a_pointer_never_moves_to_a_version_that_cannot_be_loaded() throws IOException {
        // Given
        store.publish(Drafts.base("v0"), Drafts.folder(folder, 1));
        bucket.delete("versions/v0/config.json");
        // When / Then
        assertThatThrownBy(() -> store.moveHead(Optional.empty(), "v0")).isInstanceOf(AlteredVersionException.class);
        assertThatThrownBy(() -> store.moveHead(Optional.empty(), "v9")).isInstanceOf(UnknownVersionException.class);
        assertThat(store.head()).isEmpty();
    }

    @Test
    void a_base_of_no_use_is_replaced_by_another_and_the_lineage_begins_there() throws IOException {
        // Given a base that was published and cannot be loaded, and nothing else
        store.publish(Drafts.base("v000000-00000001"), Drafts.folder(folder, 1));
        final Pointer useless = store.moveHead(Optional.empty(), "v000000-00000001");
        // When
        store.publish(Drafts.base("v000000-00000002"), Drafts.folder(folder, 2));
        final Pointer fresh = store.moveHead(Optional.of(useless), "v000000-00000002");
        // Then
        assertThat(store.head()).contains(fresh);
        assertThat(store.lineage("v000000-00000002").isComplete()).isTrue();
        assertThat(store.lineage("v000000-00000002").manifests()).hasSize(1);
    }

    @RepeatedTest(3)
    void of_sixteen_racing_movers_one_wins() throws IOException {
        // Given
        store.publish(Drafts.base("v0"), Drafts.folder(folder, 1));
        final Pointer seen = store.moveHead(Optional.empty(), "v0");
        // When
        final List<Optional<Pointer>> moves = Race.of(16, i -> tryMove("head", Optional.of(seen)));
        // Then
        final List<Pointer> winners = moves.stream().flatMap(Optional::stream).toList();
        assertThat(winners).hasSize(1);
        assertThat(store.head()).contains(winners.get(0));
    }

    @RepeatedTest(3)
    void of_sixteen_racing_first_movers_one_wins() throws IOException {
        // Given
        store.publish(Drafts.base("v0"), Drafts.folder(folder, 1));
        // When
        final List<Optional<Pointer>> moves = Race.of(16, i -> tryMove("stable", Optional.empty()));
        // Then
        final List<Pointer> winners = moves.stream().flatMap(Optional::stream).toList();
        assertThat(winners).hasSize(1);
        assertThat(store.channel("stable")).contains(winners.get(0));
    }

    private Optional<Pointer> tryMove(final String name, final Optional<Pointer> expected) {
        try {
            return Optional.of(
                    name.equals("head")
                            ? store.moveHead(expected, "v0")
                            : new Channel(store, name).promote(expected, "v0"));
        } catch (StalePointerException lost) {
            return Optional.empty();
        }
    }

    @Test
    void retention_keeps_what_is_pointed_to_its_parents_and_the_newest() throws IOException {
        // Given a line of six versions: head on the fourth, stable on the second
        store.publish(Drafts.base("v000000-00000000"), Drafts.folder(folder, 0));
        for (int i = 1; i < 6; i++) {
            store.publish(Drafts.child(name(i), name(i - 1)), Drafts.folder(folder, i));
        }
        store.moveHead(Optional.empty(), name(3));
        new Channel(store, "stable").promote(name(1));
        // When
        final RetentionReport report = store.retain(RetentionRule.newest(1));
        // Then
        assertThat(report.kept()).containsExactly(name(0), name(1), name(2), name(3), name(5));
        assertThat(report.dropped()).containsExactly(name(4));
        assertThat(report.objects()).isEqualTo(3);
        report.kept().forEach(store::verify);
        assertThat(bucket.list("versions/" + name(4) + "/"))
                .extracting(Entry::key)
                .containsExactly("versions/" + name(4) + "/manifest.json");
        assertThat(store.lineage(name(5)).records().total()).isEqualTo(6 * Drafts.RECORDS.total());
        assertThat(store.lineage(name(5)).isComplete()).isTrue();
    }

    private static String name(final int sequence) {
        return new VersionName(sequence, "0000000" + sequence).toString();
    }
}
