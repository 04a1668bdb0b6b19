package dev.millrace.checkpoints.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.Digests;
import dev.millrace.checkpoints.bucket.FileEntry;
import dev.millrace.checkpoints.bucket.InMemoryBucket;
import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.version.Draft;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.ManifestJson;
import dev.millrace.checkpoints.version.VersionName;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

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
        final Hours hours = new Hours();
        final Bucket bucket = new InMemoryBucket(hours);
        final CheckpointStore store = new CheckpointStore(bucket, at(NOW));
        IntStream.range(0, 3).forEach(i -> plant(bucket, i, Math.max(0, i - 1)));
        hours.passed = 1;
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

    /** Stands still until told. */
    private static final class Hours extends Clock {
        private int passed;

        @Override
        public Instant instant() {
            return NOW.plus(Duration.ofHours(passed));
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
