package dev.millrace.checkpoints.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.bucket.InMemoryBucket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version costs what changed in it. */
final class BytesSentTest {
    private static final int MEGABYTE = 1_000_000;

    @TempDir
    Path folder;

    private final CountingBucket bucket = new CountingBucket(new InMemoryBucket(Clock.systemUTC()));
    private final CheckpointStore store = new CheckpointStore(bucket, Clock.systemUTC());

    @Test
    void only_what_changed_is_sent() throws IOException {
        // Given a base of three megabytes, of whose files each version changes one of a tenth of one
        Files.write(folder.resolve("model.safetensors"), new byte[2 * MEGABYTE]);
        Files.write(folder.resolve("tokenizer.json"), new byte[MEGABYTE]);
        Files.write(folder.resolve("adapter.safetensors"), bytes(0));
        store.publish(Drafts.base("v0"), folder);
        final long base = bucket.bytesSent();
        bucket.forget();
        // When
        for (int i = 1; i <= 10; i++) {
            Files.write(folder.resolve("adapter.safetensors"), bytes(i));
            store.publish(Drafts.child("v" + i, "v" + (i - 1)), folder);
        }
        // Then
        assertThat(base).isEqualTo(3_100_000);
        assertThat(bucket.bytesSent()).isEqualTo(1_000_000);
        assertThat(bucket.sent()).hasSize(10).allMatch(key -> key.endsWith("/adapter.safetensors"));
        assertThat(store.verify("v10").homes()).containsOnlyKeys("model.safetensors", "tokenizer.json");
    }

    @Test
    void a_version_that_changes_nothing_sends_its_manifest_only() throws IOException {
        // Given
        final Path model = Drafts.folder(folder, 1);
        store.publish(Drafts.base("v0"), model);
        bucket.forget();
        // When
        store.publish(Drafts.child("v1", "v0"), model);
        // Then
        assertThat(bucket.sent()).isEmpty();
        assertThat(bucket.listings()).isEqualTo(2);
    }

    private static byte[] bytes(final int seed) {
        final byte[] bytes = new byte[MEGABYTE / 10];
        bytes[0] = (byte) seed;
        return bytes;
    }
}
