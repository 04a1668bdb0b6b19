package dev.millrace.checkpoints.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.Digests;
import dev.millrace.checkpoints.bucket.FileEntry;
import dev.millrace.checkpoints.bucket.InMemoryBucket;
import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.version.AlteredVersionException;
import dev.millrace.checkpoints.version.Draft;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.ManifestJson;
import dev.millrace.checkpoints.version.VersionName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final Instant TWO_DAYS_AGO = NOW.minus(Duration.ofDays(2));

    @Property(tries = 200)
    void nothing_that_is_needed_goes_and_no_manifest_ever(
            @ForAll @Size(min = 1, max = 12) final List<@IntRange(max = 11) Integer> parents,
            @ForAll @Size(max = 3) final Set<@IntRange(max = 11) Integer> pointed,
            @ForAll @IntRange(min = 1, max = 4) final int newest) {
        // Given a random tree of versions and channels into it
        final Bucket bucket = new InMemoryBucket(at(NOW));
        final CheckpointStore store = new CheckpointStore(bucket, at(NOW));
        final int size = parents.size();
        IntStream.range(0, size).forEach(i -> plant(bucket, i, parents.get(i)));
        final Set<String> needed = new HashSet<>(store.versions().subList(Math.max(0, size - newest), size));
        for (final int tip : pointed) {
            final String version = name(tip % size);
            new Channel(store, "c" + tip).promote(version);
            needed.add(version);
            store.manifest(version).flatMap(Manifest::parent).ifPresent(needed::add);
        }
        // When
        final RetentionReport report = store.retain(newest);
        // Then
        assertThat(report.kept()).containsExactlyInAnyOrderElementsOf(needed);
        assertThat(report.kept()).allSatisfy(store::verify);
        assertThat(report.dropped()).doesNotContainAnyElementsOf(needed).hasSize(size - needed.size());
        assertThat(store.versions()).hasSize(size);
        assertThat(store.retain(newest).dropped()).isEmpty();
    }

    @Test
    void a_channel_can_be_rolled_back_after_a_retention() {
        // Given a channel that went from a version straight to one four steps later
        final Bucket bucket = new InMemoryBucket(at(NOW));
        final CheckpointStore store = new CheckpointStore(bucket, at(NOW));
        IntStream.range(0, 6).forEach(i -> plant(bucket, i, Math.max(0, i - 1)));
        final Channel stable = new Channel(store, "stable");
        stable.promote(name(0));
        stable.promote(name(1));
        stable.promote(name(5));
        // When
        final RetentionReport report = store.retain(1);
        // Then
        assertThat(report.kept()).containsExactly(name(1), name(4), name(5));
        assertThat(stable.rollBack("test").version()).isEqualTo(name(1));
    }

    @Test
    void versions_that_left_a_lineage_age_like_others_whatever_their_numbers() {
        // Given three versions, and a lineage that was taken back to the first of them an hour later
        final Minutes minutes = new Minutes();
        final Bucket bucket = new InMemoryBucket(minutes);
        final CheckpointStore store = new CheckpointStore(bucket, at(NOW));
        IntStream.range(0, 3).forEach(i -> plant(bucket, i, Math.max(0, i - 1)));
        minutes.passed = 60;
        plant(bucket, new VersionName(1, "00000001").toString(), Optional.of(name(0)));
        // When
        final RetentionReport report = store.retain(2);
        // Then
        assertThat(report.kept()).containsExactlyInAnyOrder(new VersionName(1, "00000001").toString(), name(2));
    }

    @Test
    void a_publishing_broken_off_a_day_ago_is_cleared_and_a_young_one_is_not() {
        // Given
        final Bucket bucket = new InMemoryBucket(at(TWO_DAYS_AGO));
        bucket.put("versions/old/config.json", new byte[3], Condition.ALWAYS);
        bucket.put("guards/head.json/e", new byte[3], Condition.ALWAYS);
        final CheckpointStore soon = new CheckpointStore(bucket, at(TWO_DAYS_AGO.plus(Duration.ofHours(23))));
        final CheckpointStore later = new CheckpointStore(bucket, at(NOW));
        assertThat(soon.retain(1).abandoned()).isEmpty();
        // When
        final RetentionReport report = later.retain(1);
        // Then
        assertThat(report).isEqualTo(new RetentionReport(List.of(), List.of(), List.of("old"), 1, 3));
        assertThat(bucket.list("")).isEmpty();
    }

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
            store.retain(newest);
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
        store.retain(5);
        plant(bucket, length, length - 1);
        store.moveHead(store.head(), name(length));
        bucket.forget();
        // When
        final RetentionReport report = store.retain(5);
        // Then
        assertThat(report.dropped()).containsExactly(name(length - 5));
        assertThat(bucket.listings()).isLessThan(20);
        assertThat(bucket.listed()).isLessThan(1_500);
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
        store.retain(2);
        final String orphan = new VersionName(120, "0000000f").toString();
        plant(bucket, orphan, Optional.of(name(119)));
        minutes.passed++;
        for (int i = 400; i < 402; i++) {
            plant(bucket, i, i - 1);
            store.moveHead(store.head(), name(i));
        }
        // When
        final Set<String> dropped = IntStream.range(0, 5)
                .mapToObj(i -> store.retain(2).dropped())
                .flatMap(List::stream)
                .collect(Collectors.toSet());
        // Then
        assertThat(dropped).contains(orphan);
        assertThat(store.missingFiles(orphan)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "{\"schema\": 2}", "{\"schema\": 1, \"withFiles\": [\"../x\"], \"nextStretch\": 0}"})
    void a_memory_that_cannot_be_read_is_made_anew(final String memory) {
        // Given
        final Bucket bucket = new InMemoryBucket(at(NOW));
        final CheckpointStore store = new CheckpointStore(bucket, at(NOW));
        IntStream.range(0, 6).forEach(i -> plant(bucket, i, Math.max(0, i - 1)));
        store.moveHead(Optional.empty(), name(5));
        bucket.put("retention.json", memory.getBytes(StandardCharsets.UTF_8), Condition.ALWAYS);
        // When
        final RetentionReport report = store.retain(2);
        // Then
        assertThat(report.kept()).containsExactly(name(4), name(5));
        assertThat(report.dropped()).hasSize(4);
    }

    @Test
    void keys_that_may_not_delete_are_named_as_that() {
        // Given
        final Bucket bucket = new InMemoryBucket(at(NOW));
        IntStream.range(0, 3).forEach(i -> plant(bucket, i, Math.max(0, i - 1)));
        final CheckpointStore store = new CheckpointStore(new UndeletableBucket(bucket), at(NOW));
        // When / Then
        assertThatThrownBy(() -> store.retain(1))
                .isInstanceOf(RetentionDeniedException.class)
                .hasMessageContaining("the right to delete")
                .hasMessageContaining("403 AccessDenied");
        assertThat(store.verify(name(0)).version()).isEqualTo(name(0));
    }

    @Test
    void a_version_that_is_dropped_while_it_is_read_is_gone_and_not_altered(@TempDir final Path folder) {
        // Given
        final Bucket bucket = new InMemoryBucket(at(NOW));
        final CheckpointStore store = new CheckpointStore(bucket, at(NOW));
        IntStream.range(0, 3).forEach(i -> plant(bucket, i, Math.max(0, i - 1)));
        store.moveHead(Optional.empty(), name(2));
        bucket.delete("versions/" + name(0) + "/model");
        bucket.delete("versions/" + name(2) + "/model");
        // When / Then
        assertThatThrownBy(() -> store.download(name(0), folder.resolve("v0"), path -> true))
                .isInstanceOf(DroppedVersionException.class)
                .hasMessageContaining(name(0) + " is gone");
        assertThatThrownBy(() -> store.verify(name(0))).isInstanceOf(DroppedVersionException.class);
        assertThatThrownBy(() -> store.download(name(2), folder.resolve("v2"), path -> true))
                .isInstanceOf(AlteredVersionException.class);
    }

    @Test
    void retention_without_any_newest_is_refused() {
        // Given
        final CheckpointStore store = new CheckpointStore(new InMemoryBucket(at(NOW)), at(NOW));
        // When / Then
        assertThatThrownBy(() -> store.retain(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("keepNewest");
    }

    private static void plant(final Bucket bucket, final int sequence, final int parent) {
        plant(bucket, name(sequence), parent < sequence ? Optional.of(name(parent)) : Optional.empty());
    }

    private static void plant(final Bucket bucket, final String version, final Optional<String> parent) {
        final byte[] model = "model".getBytes(StandardCharsets.UTF_8);
        final Draft draft = parent.map(name -> Drafts.child(version, name)).orElseGet(() -> Drafts.base(version));
        final Map<String, FileEntry> files = Map.of("model", new FileEntry(Digests.hex(model), model.length));
        bucket.put("versions/" + version + "/model", model, Condition.ALWAYS);
        bucket.put(
                "versions/" + version + "/manifest.json",
                ManifestJson.write(Manifest.of(draft, new TreeMap<>(files), NOW)),
                Condition.ALWAYS);
    }

    private static String name(final int sequence) {
        return new VersionName(sequence, "00000000").toString();
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
            RetentionTest.plant(bucket, version, parent);
            newestFirst.addFirst(version);
        }
    }

    /** Stands still until told. */
    private static final class Minutes extends Clock {
        private int passed;

        @Override
        public Instant instant() {
            return NOW.plus(Duration.ofMinutes(passed));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(final ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private static Clock at(final Instant instant) {
        return Clock.fixed(instant, ZoneOffset.UTC);
    }
}
