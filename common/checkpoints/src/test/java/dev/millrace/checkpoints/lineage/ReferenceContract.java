package dev.millrace.checkpoints.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.Entry;
import dev.millrace.checkpoints.version.AlteredVersionException;
import dev.millrace.checkpoints.version.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a {@link CheckpointStore} keeps of files that lie with another version, on whatever server. */
abstract class ReferenceContract extends VersionContract {
    private static final String POOLING = "1_Pooling/config.json";
    private static final String EMPTY = "training-state/empty";

    @Test
    void a_file_that_is_the_parents_is_not_sent_again() throws IOException {
        // Given
        store.publish(Drafts.base("v0"), Drafts.folder(folder, 1));
        final Path model = Drafts.folder(folder, 2);
        // When
        final Manifest child = store.publish(Drafts.child("v1", "v0"), model);
        // Then
        assertThat(child.homes()).isEqualTo(Map.of(POOLING, "v0", EMPTY, "v0"));
        assertThat(child.schema()).isEqualTo(Manifest.SCHEMA_WITH_HOMES);
        assertThat(store.manifest("v1")).contains(child);
        assertThat(keys("v1"))
                .containsExactly(
                        "versions/v1/config.json",
                        "versions/v1/manifest.json",
                        "versions/v1/model.safetensors",
                        "versions/v1/training-state/moments.bin");
        assertThat(store.missingFiles("v1")).isEmpty();
        assertDownloaded("v1", model);
    }

    @Test
    void a_home_is_where_the_bytes_are_however_long_they_have_not_changed() throws IOException {
        // Given
        final Path model = Drafts.folder(folder, 2);
        store.publish(Drafts.base("v0"), Drafts.folder(folder, 1));
        store.publish(Drafts.child("v1", "v0"), model);
        // When
        final Manifest grandchild = store.publish(Drafts.child("v2", "v1"), model);
        // Then
        assertThat(grandchild.home(POOLING)).isEqualTo("v0");
        assertThat(grandchild.home("model.safetensors")).isEqualTo("v1");
        assertThat(keys("v2")).containsExactly("versions/v2/manifest.json");
        assertDownloaded("v2", model);
        assertThat(store.moveHead(Optional.empty(), "v2").version()).isEqualTo("v2");
    }

    @Test
    void a_file_that_was_the_grandparents_is_sent_again() throws IOException {
        // Given
        final Path model = Drafts.folder(folder, 1);
        store.publish(Drafts.base("v0"), model);
        store.publish(Drafts.child("v1", "v0"), Drafts.folder(folder, 2));
        // When
        final Manifest grandchild = store.publish(Drafts.child("v2", "v1"), model);
        // Then
        assertThat(grandchild.own()).containsExactly("config.json", "model.safetensors", "training-state/moments.bin");
        assertDownloaded("v2", model);
    }

    @ParameterizedTest
    @ValueSource(strings = {"without manifest", "altered manifest", "files gone", "file short"})
    void of_a_parent_that_is_not_whole_nothing_is_taken_that_is_not_there(final String damage) throws IOException {
        // Given
        final Path model = Drafts.folder(folder, 1);
        store.publish(Drafts.base("v0"), model);
        switch (damage) {
            case "without manifest" -> bucket.delete("versions/v0/manifest.json");
            case "altered manifest" -> bucket.put("versions/v0/manifest.json", bytes("{}"), Condition.ALWAYS);
            case "files gone" ->
                store.manifest("v0").orElseThrow().files().keySet().forEach(this::deleteOfBase);
            default -> bucket.put("versions/v0/model.safetensors", bytes("torn"), Condition.ALWAYS);
        }
        // When
        final Manifest child = store.publish(Drafts.child("v1", "v0"), model);
        // Then
        assertThat(child.own()).contains("model.safetensors");
        assertThat(child.homes().isEmpty()).isEqualTo(!damage.equals("file short"));
        assertDownloaded("v1", model);
    }

    @Test
    void a_publishing_repeated_when_its_parent_has_gone_is_the_same() throws IOException {
        // Given
        final Path model = Drafts.folder(folder, 2);
        store.publish(Drafts.base("v0"), Drafts.folder(folder, 1));
        final Manifest first = store.publish(Drafts.child("v1", "v0"), model);
        bucket.delete("versions/v0/manifest.json");
        // When
        final Manifest second = store.publish(Drafts.child("v1", "v0"), model);
        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void a_file_that_its_home_has_lost_is_missed_by_every_version_that_refers_to_it() throws IOException {
        // Given
        store.publish(Drafts.base("v0"), Drafts.folder(folder, 1));
        store.publish(Drafts.child("v1", "v0"), Drafts.folder(folder, 2));
        store.publish(Drafts.child("v2", "v1"), Drafts.folder(folder, 3));
        deleteOfBase(POOLING);
        // When / Then
        assertThat(List.of("v0", "v1", "v2")).allSatisfy(version -> {
            assertThat(store.missingFiles(version)).containsExactly(POOLING);
            assertThatThrownBy(() -> store.moveHead(Optional.empty(), version))
                    .isInstanceOf(AlteredVersionException.class)
                    .hasMessageStartingWith("version " + version + ", file " + POOLING + ": is missing");
        });
        assertThatThrownBy(() -> store.download("v2", folder.resolve("cache/v2"), path -> true))
                .isInstanceOf(AlteredVersionException.class)
                .hasMessageEndingWith("is missing in the folder of version v0");
        assertThat(folder.resolve("cache")).isEmptyDirectory();
    }

    @Test
    void a_file_that_was_altered_at_its_home_is_refused_by_the_version_that_refers_to_it() throws IOException {
        // Given
        store.publish(Drafts.base("v0"), Drafts.folder(folder, 1));
        store.publish(Drafts.child("v1", "v0"), Drafts.folder(folder, 2));
        bucket.put("versions/v0/" + POOLING, bytes("[]"), Condition.ALWAYS);
        // When / Then
        assertThatThrownBy(() -> store.verify("v1"))
                .isInstanceOf(AlteredVersionException.class)
                .hasMessageStartingWith("version v1, file " + POOLING + ": its SHA-256 is")
                .hasMessageEndingWith(" in the folder of version v0");
    }

    @Test
    void what_a_kept_version_refers_to_stays_in_the_folder_of_one_that_goes() throws IOException {
        // Given three versions, of which the first is needed for two files only
        final Path model = Drafts.folder(folder, 3);
        store.publish(Drafts.base("v0"), Drafts.folder(folder, 1));
        store.publish(Drafts.child("v1", "v0"), Drafts.folder(folder, 2));
        store.publish(Drafts.child("v2", "v1"), model);
        store.moveHead(Optional.empty(), "v2");
        store.publish(Drafts.base("w0"), Drafts.folder(folder, 4));
        // When
        final RetentionReport report = store.retain(RetentionRule.newest(1));
        // Then
        assertThat(report.dropped()).containsExactly("v0");
        assertThat(keys("v0"))
                .containsExactly("versions/v0/" + POOLING, "versions/v0/manifest.json", "versions/v0/" + EMPTY);
        assertDownloaded("v2", model);
        assertThat(store.retain(RetentionRule.newest(1)).dropped()).isEmpty();
        store.moveHead(store.head(), "w0");
        assertThat(store.retain(RetentionRule.newest(1)).kept()).containsExactly("w0");
        assertThat(keys("v0")).containsExactly("versions/v0/manifest.json");
    }

    final void assertDownloaded(final String version, final Path model) throws IOException {
        final Path target = Files.createTempDirectory(folder, "copy").resolve("version");
        final Manifest manifest = store.download(version, target, path -> true);
        for (final String path : manifest.files().keySet()) {
            assertThat(target.resolve(path)).hasSameBinaryContentAs(model.resolve(path));
        }
        assertThat(store.verify(version)).isEqualTo(manifest);
    }

    final List<String> keys(final String version) {
        return bucket.list("versions/" + version + "/").stream().map(Entry::key).toList();
    }

    private void deleteOfBase(final String path) {
        bucket.delete("versions/v0/" + path);
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
