package dev.millrace.checkpoints.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.checkpoints.bucket.FileEntry;
import dev.millrace.checkpoints.lineage.Drafts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ManifestJsonTest {
    static final String SHA = "0123456789abcdef".repeat(4);
    /** Of {@link #GOLDEN}, a manifest as it was before topics were recorded, as sha256sum tells it. */
    private static final String GOLDEN_SHA = "0fb6b83a7c375657e4508b03eb495765380dbbed3b95dc557856aa000a10773c";

    static final String GOLDEN = """
            {
              "schema" : 1,
              "version" : "v1",
              "parent" : "v0",
              "space" : "space-1",
              "createdAt" : "2026-03-04T05:06:07.089Z",
              "records" : {
                "trained" : 100,
                "heldOut" : 5,
                "duplicates" : 3,
                "setAside" : 1
              },
              "offsets" : {
                "pairs-0" : 42,
                "pairs-1" : 0
              },
              "evaluation" : {
                "recall@10" : 0.75,
                "tiny" : 1.0E-9
              },
              "decision" : {
                "trusted" : true,
                "bounds" : {
                  "drift" : {
                    "figure" : 0.25,
                    "atMost" : 0.5
                  }
                }
              },
              "configuration" : {
                "millrace.trainer.seed" : "7"
              },
              "files" : {
                "1_Pooling/config.json" : {
                  "sha256" : "%s",
                  "size" : 12
                }
              }
            }""".formatted(SHA);

    private static final String WITH_TOPIC = GOLDEN.replace("""
              "offsets" : {
            """, """
              "topic" : {
                "name" : "pairs",
                "id" : "r2IB0BSoTQm7YtZ-QXmP4Q",
                "partitions" : 4
              },
              "offsets" : {
            """);

    @Test
    void the_written_form_stays_as_it_is() {
        // Given
        final Manifest manifest = Manifest.of(
                Drafts.child("v1", "v0"),
                new TreeMap<>(Map.of("1_Pooling/config.json", new FileEntry(SHA, 12))),
                new TreeMap<>(),
                Instant.parse("2026-03-04T05:06:07.089Z"));
        // When
        final byte[] json = ManifestJson.write(manifest);
        // Then
        assertThat(new String(json, StandardCharsets.UTF_8))
                .isEqualTo(GOLDEN.substring(0, GOLDEN.length() - 2) + ",\n  \"ownSha256\" : \"" + GOLDEN_SHA + "\"\n}");
        assertThat(read(GOLDEN)).isEqualTo(manifest);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"pairs-0\" : 42 | \"pairs-0\" : 43",
                "0.75 | 0.76",
                "\"ownSha256\" : \"0 | \"ownSha256\" : \"1",
                "ownSha256 | sha256",
            })
    void one_byte_altered_is_refused_though_it_is_a_manifest_still(final String from, final String to) {
        // Given
        final String sealed = new String(Seal.close(GOLDEN.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
        final byte[] altered = sealed.replace(from, to).getBytes(StandardCharsets.UTF_8);
        // When / Then
        assertThat(sealed).contains(from);
        assertThatThrownBy(() -> ManifestJson.read("v1", altered))
                .isInstanceOf(AlteredVersionException.class)
                .hasMessageContaining("manifest.json")
                .hasMessageContaining("hash");
    }

    @Test
    void the_topic_of_the_offsets_is_written_before_them() {
        // Given
        final TopicIdentity topic = new TopicIdentity("pairs", "r2IB0BSoTQm7YtZ-QXmP4Q", 4);
        final Manifest manifest = Manifest.of(
                Drafts.of(topic),
                new TreeMap<>(Map.of("1_Pooling/config.json", new FileEntry(SHA, 12))),
                new TreeMap<>(),
                Instant.parse("2026-03-04T05:06:07.089Z"));
        // When
        final byte[] json = ManifestJson.write(manifest);
        // Then
        final byte[] golden = Seal.close(WITH_TOPIC.getBytes(StandardCharsets.UTF_8));
        assertThat(new String(json, StandardCharsets.UTF_8)).isEqualTo(new String(golden, StandardCharsets.UTF_8));
        assertThat(read(WITH_TOPIC)).isEqualTo(manifest);
        assertThat(read(WITH_TOPIC).topic()).contains(topic);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"name\" : \"pairs\" | \"name\" : \"pa irs\" | topic.name: not",
                "\"r2IB0BSoTQm7YtZ-QXmP4Q\" | \"\" | topic.id: not",
                "\"partitions\" : 4 | \"partitions\" : 0 | topic.partitions: less",
                "\"partitions\" : 4 | \"partitions\" : \"4\" | topic.partitions: not",
                "\"id\" | \"ident\" | topic.id: missing",
            })
    void a_topic_out_of_range_is_refused_by_name(final String from, final String to, final String named) {
        // Given
        final String json = WITH_TOPIC.replace(from, to);
        // When / Then
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(AlteredVersionException.class)
                .hasMessageContaining(named);
    }

    @Test
    void a_topic_with_more_partitions_is_the_same_and_one_with_another_id_is_not() {
        // Given
        final TopicIdentity topic = new TopicIdentity("pairs", "r2IB0BSoTQm7YtZ-QXmP4Q", 4);
        // When / Then
        assertThat(topic.isSameTopicAs(new TopicIdentity("pairs", topic.id(), 8)))
                .isTrue();
        assertThat(topic.isSameTopicAs(new TopicIdentity("pairs", "AAAAAAAAAAAAAAAAAAAAAQ", 4)))
                .isFalse();
    }

    @Test
    void a_version_on_which_nobody_decided_is_one() {
        // Given
        final String json = GOLDEN.replace("decision", "other");
        // When
        final Manifest manifest = read(json);
        // Then
        assertThat(manifest.decision()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "schema",
                "version",
                "space",
                "createdAt",
                "records",
                "trained",
                "offsets",
                "evaluation",
                "bounds",
                "figure",
                "atMost",
                "configuration",
                "files",
                "sha256",
                "size"
            })
    void a_missing_field_is_refused_by_name(final String field) {
        // Given
        final String json = GOLDEN.replace('"' + field + '"', "\"other\"");
        // When / Then
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(AlteredVersionException.class)
                .hasMessageContaining("manifest.json")
                .hasMessageContaining(field + ": ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"schema\" : 1 | \"schema\" : 2 | schema: 2",
                "\"schema\" : 1 | \"schema\" : 4294967297 | schema: not",
                "\"v1\" | \"v2\" | another version",
                "\"v1\" | \"V1\" | version: not a name",
                "\"v0\" | \"v1\" | parent: the version itself",
                "\"v0\" | null | parent: not a string",
                "\"space-1\" | \" \" | space: blank",
                "05:06:07.089Z | noon | createdAt: not an ISO-8601 time",
                "\"trained\" : 100 | \"trained\" : -1 | trained: negative",
                "\"trained\" : 100 | \"trained\" : 1.5 | records.trained: not a whole number",
                "\"pairs-0\" : 42 | \"pairs-0\" : \"42\" | offsets.pairs-0: not a whole number",
                "\"pairs-0\" : 42 | \"pairs-0\" : -42 | offsets.pairs-0: negative",
                "\"pairs-1\" | \"pairs-0\" | not JSON",
                "0.75 | 1e999 | evaluation.recall@10: not finite",
                "\"7\" | 7 | configuration.millrace.trainer.seed: not a string",
                "\"size\" : 12 | \"size\" : -1 | size: negative",
                "0123456789abcdef | 0123456789ABCDEF | sha256: not",
                "\"1_Pooling/config.json\" | \"../config.json\" | not allowed",
            })
    void a_field_out_of_range_is_refused_by_name(final String from, final String to, final String named) {
        // Given
        final String json = GOLDEN.replace(from, to);
        // When / Then
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(AlteredVersionException.class)
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{", "{} {}", "\"v1\""})
    void what_is_no_object_is_refused(final String json) {
        // When / Then
        assertThatThrownBy(() -> ManifestJson.read("v1", json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(AlteredVersionException.class)
                .hasMessageContaining("the whole");
    }

    static Manifest read(final String json) {
        return ManifestJson.read("v1", Seal.close(json.getBytes(StandardCharsets.UTF_8)));
    }
}
