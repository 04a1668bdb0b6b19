package dev.millrace.checkpoints.lineage;

import static dev.millrace.checkpoints.lineage.Planted.NOW;
import static dev.millrace.checkpoints.lineage.Planted.at;
import static dev.millrace.checkpoints.lineage.Planted.name;
import static dev.millrace.checkpoints.lineage.Planted.plant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.InMemoryBucket;
import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.version.VersionName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What retention remembers from time to time, so that a long lineage costs it no more than a short one. */
final class RetentionMemoryTest {
    @Property(tries = 100)
    void after_each_publication_what_is_needed_stays_and_the_rest_goes(
            @ForAll @Size(min = 1, max = 40) final List<@IntRange(max = 9) Integer> steps,
            @ForAll @IntRange(min = 1, max = 4) final int newest) {
        // Given a lineage whose channels move, that is taken back, and in which rivals publish
        final Minutes minutes = new Minutes();
        final Bucket bucket = new InMemoryBucket(minutes);
        final CheckpointStore store = new CheckpointStore(bucket, at(NOW));
        final Deque<String> published = new ArrayDeque<>();
        final Grower grower = new Grower(bucket, store, minutes, published);
        grower.publish(Optional.empty());
        for (final int step : steps) {
            grower.take(step);
            final Set<String> expected = new HashSet<>(new Needed(store).versions());
            published.stream().limit(newest).forEach(expected::add);
            expected.retainAll(whole(store, published));
            // When
            store.retain(RetentionRule.newest(newest));
            // Then
            assertThat(whole(store, published)).isEqualTo(expected);
            assertThat(store.versions()).hasSameSizeAs(published);
        }
    }

    private static Set<String> whole(final CheckpointStore store, final Deque<String> versions) {
        return versions.stream()
                .filter(version -> store.missingFiles(version).isEmpty())
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @ValueSource(ints = {150, 6_000, 1_000_500})
    void a_long_lineage_costs_no_more_than_a_short_one(final int length) {
        // Given
        final CountingBucket bucket = new CountingBucket(new InMemoryBucket(at(NOW)));
        final CheckpointStore store = new CheckpointStore(bucket, at(NOW));
        for (int i = Math.max(0, length - 6_000); i < length; i++) {
            plant(bucket, i, Math.max(0, i - 1));
        }
        store.moveHead(Optional.empty(), name(length - 1));
        store.retain(RetentionRule.newest(5));
        plant(bucket, length, length - 1);
        store.moveHead(store.head(), name(length));
        bucket.forget();
        // When
        final RetentionReport report = store.retain(RetentionRule.newest(5));
        // Then
        assertThat(report.dropped()).containsExactly(name(length - 5));
        assertThat(bucket.listings()).isLessThan(20);
        assertThat(bucket.listed()).isLessThan(1_500);
        assertThat(bucket.gets()).isLessThan(15);
    }

    @Test
    void what_no_retention_saw_goes_in_time_without_being_looked_for() {
        // Given a version that a rival published under an old number, beside a lineage of four hundred
        final Minutes minutes = new Minutes();
        final Bucket bucket = new InMemoryBucket(minutes);
        final CheckpointStore store = new CheckpointStore(bucket, at(NOW));
        for (int i = 0; i < 400; i++) {
            plant(bucket, i, Math.max(0, i - 1));
        }
        store.moveHead(Optional.empty(), name(399));
        store.retain(RetentionRule.newest(2));
        final String orphan = new VersionName(120, "0000000f").toString();
        plant(bucket, orphan, Optional.of(name(119)));
        minutes.passed++;
        for (int i = 400; i < 402; i++) {
            plant(bucket, i, i - 1);
            store.moveHead(store.head(), name(i));
        }
        // When
        final Set<String> dropped = IntStream.range(0, 5)
                .mapToObj(i -> store.retain(RetentionRule.newest(2)).dropped())
                .flatMap(List::stream)
                .collect(Collectors.toSet());
        // Then
        assertThat(dropped).contains(orphan);
        assertThat(store.missingFiles(orphan)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"schema\": 2}",
                "{\"schema\": 1, \"withFiles\": [\"../x\"], \"nextStretch\": 0}",
                "{\"schema\": 1, \"withFiles\": [], \"neededAt\": {\"v1\": \"noon\"}, \"nextStretch\": 0}"
            })
    void a_memory_that_cannot_be_read_is_made_anew(final String memory) {
        // Given
        final Bucket bucket = new InMemoryBucket(at(NOW));
        final CheckpointStore store = new CheckpointStore(bucket, at(NOW));
        IntStream.range(0, 6).forEach(i -> plant(bucket, i, Math.max(0, i - 1)));
        store.moveHead(Optional.empty(), name(5));
        bucket.put("retention.json", memory.getBytes(StandardCharsets.UTF_8), Condition.ALWAYS);
        // When
        final RetentionReport report = store.retain(RetentionRule.newest(2));
        // Then
        assertThat(report.kept()).containsExactly(name(4), name(5));
        assertThat(report.dropped()).hasSize(4);
    }

    /** What trainers and people do to a lineage, by numbers. */
    private record Grower(Bucket bucket, CheckpointStore store, Minutes minutes, Deque<String> newestFirst) {
        void take(final int step) {
            final Optional<String> head = store.head().map(Pointer::version);
            switch (step) {
                case 0 -> new Channel(store, "stable").promote(head.orElseThrow());
                case 1 -> new Channel(store, "pinned").promote(head.orElseThrow());
                case 2 -> plant(name(head), head);
                case 3 ->
                    head.flatMap(tip -> store.manifest(tip).orElseThrow().parent())
                            .filter(parent -> store.missingFiles(parent).isEmpty())
                            .ifPresent(parent -> store.moveHead(store.head(), parent));
                default -> publish(head);
            }
        }

        void publish(final Optional<String> parent) {
            final String version = name(parent);
            plant(version, parent);
            store.moveHead(store.head(), version);
        }

        private String name(final Optional<String> parent) {
            final String nonce = "%08x".formatted(newestFirst.size());
            return parent.flatMap(VersionName::parse)
                    .map(name -> name.next(nonce))
                    .orElse(new VersionName(0, nonce))
                    .toString();
        }

        private void plant(final String version, final Optional<String> parent) {
            minutes.passed++;
            Planted.plant(bucket, version, parent);
            newestFirst.addFirst(version);
        }
    }
}
