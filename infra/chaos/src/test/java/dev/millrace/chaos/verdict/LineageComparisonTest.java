package dev.millrace.chaos.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.bucket.FileEntry;
import dev.millrace.checkpoints.lineage.Lineage;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.Records;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LineageComparisonTest {
    private static final String SOME = "a".repeat(64);
    private static final String OTHER = "b".repeat(64);

    @Test
    void namesAndTimesMayDiffer() {
        // Given
        Lineage disturbed = lineage(version("v000001-aaaaaaaa", 48, SOME), version("v000000-aaaaaaaa", 0, SOME));
        Lineage undisturbed = lineage(version("v000001-bbbbbbbb", 48, SOME), version("v000000-aaaaaaaa", 0, SOME));

        // When
        LineageComparison comparison = LineageComparison.of(disturbed, undisturbed);

        // Then
        assertThat(comparison.sameBytes()).isTrue();
        assertThat(comparison.versions()).isEqualTo(2);
        assertThat(comparison.files()).containsExactly("model.safetensors");
    }

    @Test
    void aFileOfOtherBytesIsNamed() {
        // Given
        Lineage disturbed = lineage(version("v000001-aaaaaaaa", 48, OTHER));

        // When
        LineageComparison comparison = LineageComparison.of(disturbed, lineage(version("v000001-bbbbbbbb", 48, SOME)));

        // Then
        assertThat(comparison.differences()).containsExactly("v000001-aaaaaaaa has other bytes in model.safetensors");
    }

    @Test
    void otherOffsetsAndAMissingVersionAreDifferences() {
        // Given
        Lineage disturbed = lineage(version("v000001-aaaaaaaa", 47, SOME));

        // When
        LineageComparison comparison = LineageComparison.of(
                disturbed, lineage(version("v000002-bbbbbbbb", 96, SOME), version("v000001-bbbbbbbb", 48, SOME)));

        // Then
        assertThat(comparison.differences())
                .containsExactly(
                        "1 versions, undisturbed 2",
                        "v000001-aaaaaaaa ends at {pairs-0=47}, undisturbed at {pairs-0=48}");
    }

    private static Lineage lineage(Manifest... tipFirst) {
        return new Lineage(List.of(tipFirst), Records.NONE, new Lineage.End.Base());
    }

    private static Manifest version(String name, long offset, String sha256) {
        return new Manifest(
                Manifest.SCHEMA,
                name,
                Optional.empty(),
                "space",
                new TreeMap<>(Map.of("model.safetensors", new FileEntry(sha256, 1))),
                new TreeMap<>(),
                Optional.empty(),
                new TreeMap<>(Map.of("pairs-0", offset)),
                Records.NONE,
                new TreeMap<>(),
                Optional.empty(),
                Instant.EPOCH,
                new TreeMap<>());
    }
}
