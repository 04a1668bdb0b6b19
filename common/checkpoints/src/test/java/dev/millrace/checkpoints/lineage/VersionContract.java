package dev.millrace.checkpoints.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.transfer.UnknownVersionException;
import dev.millrace.checkpoints.transfer.VersionExistsException;
import dev.millrace.checkpoints.version.AlteredVersionException;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.Seal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a {@link CheckpointStore} keeps of its versions, on whatever server. */
abstract class VersionContract {
    static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");

    @TempDir
    Path folder;

    Bucket bucket;
    CheckpointStore store;

    abstract Bucket newBucket();

    @BeforeEach
    void openStore() {
        bucket = newBucket();
        store = new CheckpointStore(bucket, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void a_published_version_is_described_by_its_manifest() throws IOException {
        // Given
        final Path model = Drafts.folder(folder, 1);
        // When
        final Manifest published = store.publish(Drafts.child("v1", "v0"), model);
        // Then
        assertThat(store.manifest("v1")).contains(published);
        assertThat(published).isEqualTo(Manifest.of(Drafts.child("v1", "v0"), published.files(), new TreeMap<>(), NOW));
        assertThat(published.files())
                .containsOnlyKeys(
                        "1_Pooling/config.json",
                        "config.json",
                        "model.safetensors",
                        "training-state/empty",
                        "training-state/moments.bin");
        assertThat(store.verify("v1")).isEqualTo(published);
    }

    @Test
    void a_downloaded_version_has_the_wanted_files_byte_for_byte() throws IOException {
        // Given
        final Path model = Drafts.folder(folder, 1);
        final Path target = folder.resolve("cache/v1");
        store.publish(Drafts.base("v1"), model);
        // When
        final Manifest manifest = store.download("v1", target, path -> !path.startsWith("training-state/"));
        // Then
        assertThat(target.resolve("model.safetensors")).hasSameBinaryContentAs(model.resolve("model.safetensors"));
        assertThat(target.resolve("1_Pooling/config.json")).exists();
        assertThat(target.resolve("training-state")).doesNotExist();
        assertThat(manifest.files()).hasSize(5);
        assertThat(target.getParent()).isDirectoryNotContaining(path -> !path.equals(target));
    }

    @Test
    void a_file_without_its_manifest_is_no_version() {
        // Given a publishing that broke off
        bucket.put("versions/v1/config.json", bytes("{}"), Condition.ALWAYS);
        // When / Then
        assertThatThrownBy(() -> store.download("v1", folder.resolve("v1"), path -> true))
                .isInstanceOf(UnknownVersionException.class);
        assertThat(store.versions()).isEmpty();
        assertThat(store.manifest("v1")).isEmpty();
    }

    @Test
    void a_version_is_never_published_over() throws IOException {
        // Given
        final Manifest first = store.publish(Drafts.base("v1"), Drafts.folder(folder, 1));
        final Path other = Drafts.folder(folder, 2);
        // When / Then
        assertThatThrownBy(() -> store.publish(Drafts.base("v1"), other)).isInstanceOf(VersionExistsException.class);
        assertThat(store.verify("v1")).isEqualTo(first);
    }

    @Test
    void a_publishing_repeated_returns_what_was_published_first() throws IOException {
        // Given
        final Path model = Drafts.folder(folder, 1);
        final Manifest first = store.publish(Drafts.base("v1"), model);
        final CheckpointStore later = new CheckpointStore(bucket, Clock.systemUTC());
        // When
        final Manifest second = later.publish(Drafts.base("v1"), model);
        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void a_broken_off_publishing_is_not_resumed_with_other_bytes() throws IOException {
        // Given
        bucket.put("versions/v1/config.json", bytes("{\"seed\":2}"), Condition.ALWAYS);
        final Path model = Drafts.folder(folder, 1);
        // When / Then
        assertThatThrownBy(() -> store.publish(Drafts.base("v1"), model))
                .isInstanceOf(VersionExistsException.class)
                .hasMessageContaining("config.json");
        assertThat(store.versions()).isEmpty();
    }

    @Test
    void of_racing_publishers_with_other_models_one_wins_and_is_whole() throws IOException {
        // Given
        final List<Path> models = List.of(
                Drafts.folder(folder, 1), Drafts.folder(folder, 2), Drafts.folder(folder, 3), Drafts.folder(folder, 4));
        // When
        final List<Optional<Manifest>> wins = Race.of(models.size(), i -> tryPublish(models.get(i)));
        // Then no two think they are published, and what is published is whole
        final List<Manifest> winners = wins.stream().flatMap(Optional::stream).toList();
        assertThat(winners).hasSizeLessThanOrEqualTo(1);
        winners.forEach(winner -> assertThat(store.verify("v1")).isEqualTo(winner));
        assertThat(store.versions()).hasSameSizeAs(winners);
    }

    private Optional<Manifest> tryPublish(final Path model) {
        try {
            return Optional.of(store.publish(Drafts.base("v1"), model));
        } catch (VersionExistsException lost) {
            return Optional.empty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "short", "long", "altered"})
    void a_torn_or_altered_file_is_refused_by_name(final String damage) throws IOException {
        // Given
        final Path model = Drafts.folder(folder, 1);
        store.publish(Drafts.base("v1"), model);
        final Path target = folder.resolve("cache/v1");
        damage(damage, "versions/v1/model.safetensors", Files.readAllBytes(model.resolve("model.safetensors")));
        // When
        final AlteredVersionException refusal =
                catchThrowableOfType(AlteredVersionException.class, () -> store.download("v1", target, path -> true));
        // Then
        assertThat(refusal.version()).isEqualTo("v1");
        assertThat(refusal.file()).isEqualTo("model.safetensors");
        assertThat(target.getParent()).isEmptyDirectory();
        assertThatThrownBy(() -> store.verify("v1")).hasMessage(refusal.getMessage());
    }

    private void damage(final String damage, final String key, final byte[] body) {
        bucket.delete(key);
        final byte[] altered = body.clone();
        altered[body.length / 2] ^= 1;
        switch (damage) {
            case "short" -> bucket.put(key, Arrays.copyOf(body, body.length - 1), Condition.ALWAYS);
            case "long" -> bucket.put(key, Arrays.copyOf(body, body.length + 200_000), Condition.ALWAYS);
            case "altered" -> bucket.put(key, altered, Condition.ALWAYS);
            default -> assertThat(bucket.get(key)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/etc/x", "a/../../x", "a\\\\..\\\\x", "C:x", "a//b", "./x", "", "manifest.json"})
    void a_path_that_leaves_its_folder_is_refused(final String path) throws IOException {
        // Given a manifest no publisher wrote
        store.publish(Drafts.base("v1"), Drafts.folder(folder, 1));
        final byte[] manifest =
                bucket.get("versions/v1/manifest.json").orElseThrow().body();
        final String forged =
                new String(Seal.open(manifest), StandardCharsets.UTF_8).replace("\"config.json\"", '"' + path + '"');
        bucket.put("versions/v1/manifest.json", Seal.close(bytes(forged)), Condition.ALWAYS);
        bucket.put("versions/x", bytes("{}"), Condition.ALWAYS);
        // When
        final AlteredVersionException refusal = catchThrowableOfType(
                AlteredVersionException.class, () -> store.download("v1", folder.resolve("cache/v1"), any -> true));
        // Then
        assertThat(refusal.file()).isEqualTo("manifest.json");
        assertThat(refusal).hasMessageContaining("is not allowed");
        try (Stream<Path> left = Files.walk(folder)) {
            assertThat(left).noneMatch(file -> file.endsWith("x"));
        }
    }

    @Test
    void a_copy_changed_on_disk_is_refused() throws IOException {
        // Given
        store.publish(Drafts.base("v1"), Drafts.folder(folder, 1));
        final Path copy = folder.resolve("copy");
        store.download("v1", copy, path -> true);
        assertThat(store.verifyCopy("v1", copy, path -> true).version()).isEqualTo("v1");
        Files.writeString(copy.resolve("config.json"), "{\"seed\":9}");
        // When / Then
        assertThatThrownBy(() -> store.verifyCopy("v1", copy, path -> true))
                .isInstanceOf(AlteredVersionException.class)
                .hasMessageContaining("config.json");
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
