package dev.millrace.checkpoints.version;

import static dev.millrace.checkpoints.version.ManifestJsonTest.GOLDEN;
import static dev.millrace.checkpoints.version.ManifestJsonTest.SHA;
import static dev.millrace.checkpoints.version.ManifestJsonTest.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.checkpoints.bucket.FileEntry;
import dev.millrace.checkpoints.lineage.Drafts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A manifest whose files lie elsewhere. */
final class ManifestHomesTest {
    private static final String WITH_HOME =
            GOLDEN.replace("\"schema\" : 1", "\"schema\" : 2").replace("""
                  "size" : 12
            """, """
                  "size" : 12,
                  "home" : "v0"
            """);

    @Test
    void where_a_file_lies_is_written_with_it_and_an_older_reader_refuses_it_by_its_schema() {
        // Given
        final Manifest manifest = Manifest.of(
                Drafts.child("v1", "v0"),
                new TreeMap<>(Map.of("1_Pooling/config.json", new FileEntry(SHA, 12))),
                new TreeMap<>(Map.of("1_Pooling/config.json", "v0")),
                Instant.parse("2026-03-04T05:06:07.089Z"));
        // When
        final byte[] json = ManifestJson.write(manifest);
        // Then
        final byte[] golden = Seal.close(WITH_HOME.getBytes(StandardCharsets.UTF_8));
        assertThat(new String(json, StandardCharsets.UTF_8)).isEqualTo(new String(golden, StandardCharsets.UTF_8));
        assertThat(read(WITH_HOME)).isEqualTo(manifest);
        assertThat(read(WITH_HOME).key("1_Pooling/config.json")).isEqualTo("versions/v0/1_Pooling/config.json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"schema\" : 2 | \"schema\" : 1 | schema: 1 is not 2",
                "\"home\" : \"v0\" | \"home\" : \"V0\" | home of 1_Pooling/config.json: not a name",
                "\"home\" : \"v0\" | \"home\" : \"../v0\" | home of 1_Pooling/config.json: not a name",
                "\"home\" : \"v0\" | \"home\" : \"v1\" | home of 1_Pooling/config.json: the version itself",
                "\"home\" : \"v0\" | \"home\" : 0 | files.1_Pooling/config.json.home: not a string",
            })
    void a_home_out_of_range_is_refused_by_name(final String from, final String to, final String named) {
        // Given
        final String json = WITH_HOME.replace(from, to);
        // When / Then
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(AlteredVersionException.class)
                .hasMessageContaining(named);
    }

    @Test
    void a_home_of_no_file_is_refused() {
        // Given
        final SortedMap<String, String> homes = new TreeMap<>(Map.of("config.json", "v0"));
        // When / Then
        assertThatThrownBy(() -> Manifest.of(Drafts.child("v1", "v0"), new TreeMap<>(), homes, Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("home of config.json: there is no such file");
    }
}
