package dev.millrace.checkpoints.lineage;

import static dev.millrace.checkpoints.lineage.Planted.NOW;
import static dev.millrace.checkpoints.lineage.Planted.at;
import static dev.millrace.checkpoints.lineage.Planted.name;
import static dev.millrace.checkpoints.lineage.Planted.plant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.InMemoryBucket;
import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.version.AlteredVersionException;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.VersionName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RetentionTest {
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
        final RetentionReport report = store.retain(RetentionRule.newest(newest));
        // Then
        assertThat(report.kept()).containsExactlyInAnyOrderElementsOf(needed);
        assertThat(report.kept()).allSatisfy(store::verify);
        assertThat(report.dropped()).doesNotContainAnyElementsOf(needed).hasSize(size - needed.size());
        assertThat(store.versions()).hasSize(size);
        assertThat(store.retain(RetentionRule.newest(newest)).dropped()).isEmpty();
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
        final RetentionReport report = store.retain(RetentionRule.newest(1));
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
        final RetentionReport report = store.retain(RetentionRule.newest(2));
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
        assertThat(soon.retain(RetentionRule.newest(1)).abandoned()).isEmpty();
        // When
        final RetentionReport report = later.retain(RetentionRule.newest(1));
        // Then
        assertThat(report).isEqualTo(new RetentionReport(List.of(), List.of(), List.of("old"), 1, 3));
        assertThat(bucket.list("")).isEmpty();
    }

    @Test
    void keys_that_may_not_delete_are_named_as_that() {
        // Given
        final Bucket bucket = new InMemoryBucket(at(NOW));
        IntStream.range(0, 3).forEach(i -> plant(bucket, i, Math.max(0, i - 1)));
        final CheckpointStore store = new CheckpointStore(new UndeletableBucket(bucket), at(NOW));
        // When / Then
        assertThatThrownBy(() -> store.retain(RetentionRule.newest(1)))
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
    void where_it_is_not_known_what_a_kept_version_needs_nothing_goes() {
        // Given
        final Bucket bucket = new InMemoryBucket(at(NOW));
        IntStream.range(0, 4).forEach(i -> plant(bucket, i, Math.max(0, i - 1)));
        bucket.put("versions/" + name(3) + "/manifest.json", new byte[] {'{'}, Condition.ALWAYS);
        final CheckpointStore store = new CheckpointStore(bucket, at(NOW));
        // When / Then
        assertThatThrownBy(() -> store.retain(RetentionRule.newest(1)))
                .isInstanceOf(AlteredVersionException.class)
                .hasMessageContaining(name(3) + ", file manifest.json");
        assertThat(bucket.list("versions/")).hasSize(8);
    }
}
