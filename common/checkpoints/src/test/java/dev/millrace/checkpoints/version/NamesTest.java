package dev.millrace.checkpoints.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.checkpoints.bucket.InMemoryBucket;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.lineage.Drafts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NamesTest {
    @TempDir
    Path folder;

    private final CheckpointStore store = new CheckpointStore(new InMemoryBucket(Clock.systemUTC()), Clock.systemUTC());

    @Property
    void a_path_let_through_stays_inside(
            @ForAll @StringLength(max = 12) @CharRange(from = 'a', to = 'c') @Chars({'.', '/', '\\', ':', '\0', '~'})
                    final String path) {
        // Given
        final Path root = Path.of("root").toAbsolutePath();
        // When
        final Optional<String> allowed = allowed(path);
        // Then
        allowed.ifPresent(safe -> {
            assertThat(root.resolve(safe))
                    .isEqualTo(root.resolve(safe).normalize())
                    .startsWithRaw(root);
            assertThat(root.resolve(safe)).isNotEqualTo(root);
            assertThat(safe).doesNotContain("\\", ":", "\0");
        });
    }

    private static Optional<String> allowed(final String path) {
        try {
            return Optional.of(Names.path(path));
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".hidden", "-v", "V1", "a/b", "..", "a_b", "é"})
    void a_name_that_is_no_key_is_refused(final String name) {
        // When / Then
        assertThatThrownBy(() -> store.channel(name)).hasMessageStartingWith("channel: not a name");
        assertThatThrownBy(() -> store.manifest(name)).hasMessageStartingWith("version: not a name");
    }

    @Test
    void a_name_of_more_than_63_characters_is_refused() {
        // Given
        final String longest = "a".repeat(63);
        // When / Then
        assertThat(store.channel(longest)).isEmpty();
        assertThatThrownBy(() -> store.channel(longest + "a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void versions_are_ordered_by_sequence_number() {
        // Given
        final List<String> names = List.of("v1000000-00000000", "v000002-0000000a", "v000002-00000001", "imported");
        // When
        final List<String> sorted =
                names.stream().sorted(VersionName.OLDEST_FIRST).toList();
        // Then
        assertThat(sorted).containsExactly("imported", "v000002-00000001", "v000002-0000000a", "v1000000-00000000");
    }

    @Test
    void a_version_name_reads_back() {
        // Given
        final VersionName name = new VersionName(11, "00000000").next("3fa91c07");
        // When
        final Optional<VersionName> read = VersionName.parse(name.toString());
        // Then
        assertThat(name).hasToString("v000012-3fa91c07");
        assertThat(read).contains(name);
        assertThat(VersionName.parse("v12-3fa91c07")).isEmpty();
    }

    @Test
    void a_folder_that_could_not_be_restored_is_not_published() throws IOException {
        // Given
        final Path model = Drafts.folder(folder, 1);
        Files.createSymbolicLink(model.resolve("linked"), folder);
        // When / Then
        assertThatThrownBy(() -> store.publish(Drafts.base("v0"), model)).hasMessageContaining("linked");
        assertThat(store.versions()).isEmpty();
    }

    @Test
    void a_folder_with_a_manifest_of_its_own_is_not_published() throws IOException {
        // Given
        final Path model = Drafts.folder(folder, 1);
        Files.writeString(model.resolve("manifest.json"), "{}");
        // When / Then
        assertThatThrownBy(() -> store.publish(Drafts.base("v0"), model)).hasMessageContaining("manifest.json");
    }
}
