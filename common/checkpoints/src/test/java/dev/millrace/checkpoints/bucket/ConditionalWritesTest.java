package dev.millrace.checkpoints.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.checkpoints.bucket.FaultyBucket.Conditions;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import java.time.Clock;
import org.junit.jupiter.api.Test;

final class ConditionalWritesTest {
    private final InMemoryBucket memory = new InMemoryBucket(Clock.systemUTC());

    @Test
    void a_bucket_that_keeps_conditions_is_taken_again_and_again() {
        // When / Then
        assertThatCode(() -> {
                    ConditionalWrites.require(memory);
                    ConditionalWrites.require(memory);
                })
                .doesNotThrowAnyException();
        assertThat(memory.list("")).extracting(Entry::key).containsExactly(ConditionalWrites.PROBE);
    }

    @Test
    void a_bucket_that_ignores_conditions_is_refused_in_one_line() {
        // Given
        final Bucket bucket = new FaultyBucket(memory, Conditions.IGNORED);
        // When / Then
        assertThatThrownBy(() -> ConditionalWrites.require(bucket))
                .isInstanceOf(ConditionsNotKeptException.class)
                .hasMessage("the bucket does not keep conditional writes: it ignores If-None-Match: *,"
                        + " so that two trainers would overwrite each other's versions");
    }

    @Test
    void a_bucket_that_ignores_if_match_only_is_refused_by_that_name() {
        // Given
        final Bucket bucket = new FaultyBucket(memory, Conditions.IF_MATCH_IGNORED);
        // When / Then
        assertThatThrownBy(() -> ConditionalWrites.require(bucket))
                .isInstanceOf(ConditionsNotKeptException.class)
                .hasMessageContaining("it ignores If-Match,");
    }

    @Test
    void a_bucket_that_refuses_conditions_is_refused_with_its_answer() {
        // Given
        final Bucket bucket = new FaultyBucket(memory, Conditions.REFUSED);
        // When / Then
        assertThatThrownBy(() -> ConditionalWrites.require(bucket))
                .isInstanceOf(ConditionsNotKeptException.class)
                .hasMessage("the bucket does not take conditional writes (If-None-Match: *): " + ConditionalWrites.PROBE
                        + ": the bucket answered 501 NotImplemented");
    }

    @Test
    void a_bucket_that_is_away_is_unavailable_and_tried_again() {
        // Given
        final Bucket tried = new TriedBucket(new FaultyBucket(memory, FaultyBucket.Fault.NOT_SENT, 1));
        // When / Then
        assertThatThrownBy(() -> tried.get("head.json")).isInstanceOf(BucketUnavailableException.class);
        assertThat(tried.get("head.json")).isEmpty();
    }

    @Test
    void whoever_would_write_hears_of_it_before_anything_is_read() {
        // Given
        final Bucket tried = new TriedBucket(new FaultyBucket(memory, Conditions.IGNORED));
        final CheckpointStore store = new CheckpointStore(tried, Clock.systemUTC());
        // When / Then
        assertThatThrownBy(store::head).isInstanceOf(ConditionsNotKeptException.class);
        assertThatThrownBy(store::head).isInstanceOf(ConditionsNotKeptException.class);
    }
}
