package dev.millrace.checkpoints.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.BucketUnavailableException;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.FaultyBucket;
import dev.millrace.checkpoints.bucket.FaultyBucket.Fault;
import dev.millrace.checkpoints.bucket.InMemoryBucket;
import dev.millrace.checkpoints.pointer.AlteredPointerException;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.pointer.StalePointerException;
import dev.millrace.checkpoints.version.Layout;
import dev.millrace.checkpoints.version.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FaultTest {
    /** Three files that are not the parent's, and the manifest. */
    private static final int WRITES_OF_A_PUBLISHING = 4;

    @TempDir
    Path folder;

    private final Bucket bucket = new InMemoryBucket(Clock.systemUTC());
    private final CheckpointStore store = store(bucket);
    private Path model;

    @BeforeEach
    void publishBase() throws IOException {
        store.publish(Drafts.base("v0"), Drafts.folder(folder, 1));
        model = Drafts.folder(folder, 2);
    }

    @ParameterizedTest
    @CsvSource({
        "0,NOT_SENT",
        "1,NOT_SENT",
        "2,NOT_SENT",
        "3,NOT_SENT",
        "0,ANSWER_LOST",
        "1,ANSWER_LOST",
        "2,ANSWER_LOST"
    })
    void a_publishing_broken_off_anywhere_leaves_no_version_and_can_be_repeated(final int write, final Fault fault) {
        // Given
        final FaultyBucket faulty = new FaultyBucket(bucket, fault, write);
        // When
        assertThatThrownBy(() -> store(faulty).publish(Drafts.child("v1", "v0"), model))
                .isInstanceOf(BucketUnavailableException.class);
        // Then
        assertThat(store.versions()).containsExactly("v0");
        final Manifest repeated = store.publish(Drafts.child("v1", "v0"), model);
        assertThat(store.verify("v1")).isEqualTo(repeated);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "3"})
    void a_publishing_broken_off_anywhere_can_be_repeated_when_what_it_referred_to_has_gone(final int write) {
        // Given
        final FaultyBucket faulty = new FaultyBucket(bucket, Fault.NOT_SENT, write);
        assertThatThrownBy(() -> store(faulty).publish(Drafts.child("v1", "v0"), model))
                .isInstanceOf(BucketUnavailableException.class);
        bucket.delete("versions/v0/1_Pooling/config.json");
        // When
        final Manifest repeated = store.publish(Drafts.child("v1", "v0"), model);
        // Then
        assertThat(repeated.homes()).containsOnlyKeys("training-state/empty");
        assertThat(store.verify("v1")).isEqualTo(repeated);
    }

    @Test
    void a_manifest_whose_answer_is_lost_is_known_to_be_written() {
        // Given
        final FaultyBucket faulty = new FaultyBucket(bucket, Fault.ANSWER_LOST, WRITES_OF_A_PUBLISHING - 1);
        // When
        final Manifest manifest = store(faulty).publish(Drafts.child("v1", "v0"), model);
        // Then
        assertThat(faulty.happened()).isTrue();
        assertThat(store.manifest("v1")).contains(manifest);
    }

    @Test
    void a_first_move_whose_answer_is_lost_is_known_to_be_won() {
        // Given
        final FaultyBucket faulty = new FaultyBucket(bucket, Fault.ANSWER_LOST, 0);
        // When
        final Pointer moved = store(faulty).moveHead(Optional.empty(), "v0");
        // Then
        assertThat(faulty.happened()).isTrue();
        assertThat(store.head()).contains(moved);
    }

    @ParameterizedTest
    @CsvSource({"0,ANSWER_LOST", "1,ANSWER_LOST", "2,ANSWER_LOST", "2,NOT_SENT"})
    void a_move_whose_answer_is_lost_is_known_to_be_won(final int write, final Fault fault) {
        // Given the guard, the pointer, or the guard's removal going wrong
        final Pointer seen = store.moveHead(Optional.empty(), "v0");
        final FaultyBucket faulty = new FaultyBucket(bucket, fault, write);
        // When
        final Pointer moved = store(faulty).moveHead(Optional.of(seen), "v0");
        // Then
        assertThat(faulty.happened()).isTrue();
        assertThat(store.head()).contains(moved);
        assertThat(store.moveHead(Optional.of(moved), "v0")).isNotEqualTo(moved);
    }

    @ParameterizedTest
    @CsvSource({"0", "1"})
    void a_move_that_was_not_sent_is_unavailable_and_can_be_repeated(final int write) {
        // Given
        final Pointer seen = store.moveHead(Optional.empty(), "v0");
        final FaultyBucket faulty = new FaultyBucket(bucket, Fault.NOT_SENT, write);
        // When
        assertThatThrownBy(() -> store(faulty).moveHead(Optional.of(seen), "v0"))
                .isInstanceOf(BucketUnavailableException.class);
        // Then
        assertThat(store.head()).contains(seen);
        assertThat(store.moveHead(Optional.of(seen), "v0")).isNotEqualTo(seen);
    }

    @Test
    void a_guard_left_by_a_dead_mover_is_cleared_for_the_next_try() {
        // Given
        final Pointer seen = store.moveHead(Optional.empty(), "v0");
        bucket.put(Layout.guard("head.json", seen.etag()), bytes("the dead"), Condition.ALWAYS);
        // When
        assertThatThrownBy(() -> store.moveHead(Optional.of(seen), "v0"))
                .isInstanceOf(BucketUnavailableException.class)
                .hasMessageContaining("broken off");
        // Then
        final Pointer moved = store.moveHead(Optional.of(seen), "v0");
        assertThat(store.head()).contains(moved);
    }

    @Test
    void keys_that_may_not_delete_move_a_pointer_again_and_again() {
        // Given
        final CheckpointStore store = store(new UndeletableBucket(bucket));
        final Pointer first = store.moveHead(Optional.empty(), "v0");
        // When
        final Pointer second = store.moveHead(Optional.of(first), "v0");
        final Pointer third = store.moveHead(Optional.of(second), "v0");
        // Then
        assertThat(store.head()).contains(third);
        assertThatThrownBy(() -> store.moveHead(Optional.of(second), "v0")).isInstanceOf(StalePointerException.class);
    }

    @Test
    void a_guard_left_by_a_dead_mover_does_not_stop_keys_that_may_not_delete() {
        // Given
        final CheckpointStore store = store(new UndeletableBucket(bucket));
        final Pointer seen = store.moveHead(Optional.empty(), "v0");
        bucket.put(Layout.guard("head.json", seen.etag()), bytes("the dead"), Condition.ALWAYS);
        // When
        final Pointer moved = store.moveHead(Optional.of(seen), "v0");
        // Then
        assertThat(store.head()).contains(moved);
    }

    @Test
    void a_pointer_that_is_none_is_refused_by_its_key() {
        // Given
        bucket.put("channels/stable.json", bytes("{\"schema\":1,\"version\":\"../v0\"}"), Condition.ALWAYS);
        // When / Then
        assertThatThrownBy(() -> store.channel("stable"))
                .isInstanceOf(AlteredPointerException.class)
                .hasMessageContaining("channels/stable.json: version");
    }

    private static CheckpointStore store(final Bucket bucket) {
        return new CheckpointStore(bucket, Clock.systemUTC());
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
