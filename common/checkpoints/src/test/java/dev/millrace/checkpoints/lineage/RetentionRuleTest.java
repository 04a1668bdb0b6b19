package dev.millrace.checkpoints.lineage;

import static dev.millrace.checkpoints.lineage.Planted.NOW;
import static dev.millrace.checkpoints.lineage.Planted.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.InMemoryBucket;
import dev.millrace.checkpoints.channel.Channel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept by number, and what for its age. */
final class RetentionRuleTest {
    private static final Duration THREE_MINUTES = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    private final Minutes clock = new Minutes();

    @Test
    void what_was_published_lately_is_kept_whatever_the_number() throws IOException {
        // Given a version a minute
        final CheckpointStore store = new CheckpointStore(new InMemoryBucket(clock), clock);
        publish(store, 10);
        // When
        final RetentionReport report = store.retain(new RetentionRule(1, THREE_MINUTES));
        // Then
        assertThat(report.kept()).containsExactly(name(6), name(7), name(8), name(9));
        clock.passed += 4;
        assertThat(store.retain(new RetentionRule(1, THREE_MINUTES)).kept()).containsExactly(name(8), name(9));
    }

    @Test
    void what_is_old_is_kept_by_number() throws IOException {
        // Given
        final CheckpointStore store = new CheckpointStore(new InMemoryBucket(clock), clock);
        publish(store, 10);
        clock.passed += 60;
        // When
        final RetentionReport report = store.retain(new RetentionRule(5, THREE_MINUTES));
        // Then
        assertThat(report.kept()).containsExactly(name(5), name(6), name(7), name(8), name(9));
    }

    @Test
    void an_age_is_by_the_publishers_clock_and_not_by_the_servers() throws IOException {
        // Given a server whose clock is half an hour behind
        final Bucket bucket = new InMemoryBucket(at(NOW.minus(Duration.ofMinutes(30))));
        final CheckpointStore store = new CheckpointStore(bucket, clock);
        publish(store, 10);
        // When
        final RetentionReport report = store.retain(new RetentionRule(1, THREE_MINUTES));
        // Then
        assertThat(report.kept()).containsExactly(name(6), name(7), name(8), name(9));
    }

    @Test
    void what_a_channel_left_is_kept_for_a_time_however_old_it_is() throws IOException {
        // Given an old version that a channel stood at until it took three steps at once
        final CheckpointStore store = new CheckpointStore(new InMemoryBucket(clock), clock);
        final Channel stable = new Channel(store, "stable");
        final RetentionRule rule = new RetentionRule(1, THREE_MINUTES);
        publish(store, 5);
        stable.promote(name(1));
        clock.passed += 60;
        store.retain(rule);
        stable.promote(name(4));
        stable.pin(name(3), "test");
        stable.promote(name(4));
        // When
        clock.passed += 3;
        final RetentionReport soon = store.retain(rule);
        clock.passed += 1;
        final RetentionReport later = store.retain(rule);
        // Then
        assertThat(soon.kept()).containsExactly(name(0), name(1), name(3), name(4));
        assertThat(later.kept()).containsExactly(name(3), name(4));
    }

    @Test
    void many_young_versions_cost_a_listing_for_each_ten_and_a_manifest_for_each_new_one() throws IOException {
        // Given
        final CountingBucket bucket = new CountingBucket(new InMemoryBucket(clock));
        final CheckpointStore store = new CheckpointStore(bucket, clock);
        final RetentionRule rule = new RetentionRule(1, Duration.ofDays(1));
        publish(store, 200);
        store.retain(rule);
        clock.passed++;
        store.publish(Drafts.child(name(200), name(199)), model(200));
        store.moveHead(store.head(), name(200));
        bucket.forget();
        // When
        final RetentionReport report = store.retain(rule);
        // Then
        assertThat(report.kept()).hasSize(201);
        assertThat(bucket.listings()).isLessThan(30);
        assertThat(bucket.gets()).isLessThan(10);
    }

    @ParameterizedTest
    @CsvSource({"0, PT0S, keepNewest: less than 1", "1, PT-1S, keepFor: not 0 to 30", "1, P31D, keepFor: not 0 to 30"})
    void a_rule_out_of_range_is_refused_by_name(final int newest, final Duration time, final String named) {
        // When / Then
        assertThatThrownBy(() -> new RetentionRule(newest, time))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(named);
    }

    private void publish(final CheckpointStore store, final int versions) throws IOException {
        for (int i = 0; i < versions; i++) {
            clock.passed = i;
            store.publish(i == 0 ? Drafts.base(name(0)) : Drafts.child(name(i), name(i - 1)), model(i));
        }
        store.moveHead(Optional.empty(), name(versions - 1));
    }

    private Path model(final int seed) throws IOException {
        Files.write(folder.resolve("model"), new byte[] {(byte) seed});
        return folder;
    }

    private static String name(final int sequence) {
        return Planted.name(sequence);
    }
}
