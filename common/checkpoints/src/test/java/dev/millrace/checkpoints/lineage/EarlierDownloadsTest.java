package dev.millrace.checkpoints.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.ForwardingBucket;
import dev.millrace.checkpoints.bucket.InMemoryBucket;
import dev.millrace.checkpoints.transfer.EarlierDownloads;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a version did not change comes from an earlier version on the same disk. */
final class EarlierDownloadsTest {
    private final OpenedBucket bucket = new OpenedBucket(new InMemoryBucket(Clock.systemUTC()));
    private final CheckpointStore store = new CheckpointStore(bucket, Clock.systemUTC());

    @TempDir
    Path folder;

    private Path earlier;
    private Path target;

    /** Two versions with the same weights and each a configuration of its own. */
    @BeforeEach
    void publish() throws IOException {
        final Path model = Drafts.folder(folder, 1);
        store.publish(Drafts.base("v0"), model);
        Files.writeString(model.resolve("config.json"), "{\"seed\":2}");
        store.publish(Drafts.child("v1", "v0"), model);
        earlier = folder.resolve("cache/v0");
        target = folder.resolve("cache/v1");
        store.download("v0", earlier, path -> true);
        bucket.opened.clear();
    }

    @Test
    void only_what_changed_is_fetched() throws IOException {
        // When
        store.download("v1", target, path -> true, new EarlierDownloads(List.of(earlier)));
        // Then
        assertThat(bucket.opened).containsExactly("versions/v1/config.json");
        store.verifyCopy("v1", target, path -> true);
        store.verifyCopy("v0", earlier, path -> true);
    }

    @Test
    void a_copy_that_was_altered_is_not_used() throws IOException {
        // Given
        final byte[] weights = Files.readAllBytes(earlier.resolve("model.safetensors"));
        weights[7]++;
        Files.write(earlier.resolve("model.safetensors"), weights);
        // When
        store.download("v1", target, path -> true, new EarlierDownloads(List.of(earlier)));
        // Then
        assertThat(bucket.opened).containsExactly("versions/v0/model.safetensors", "versions/v1/config.json");
        store.verifyCopy("v1", target, path -> true);
    }

    @Test
    void what_is_gone_is_fetched() {
        // When
        store.download("v1", target, path -> true, new EarlierDownloads(List.of(folder.resolve("cache/gone"))));
        // Then
        assertThat(bucket.opened).contains("versions/v0/model.safetensors");
        store.verifyCopy("v1", target, path -> true);
    }

    /** Knows which files were read. */
    private static final class OpenedBucket extends ForwardingBucket {
        private final Set<String> opened = new ConcurrentSkipListSet<>();

        OpenedBucket(final Bucket bucket) {
            super(bucket);
        }

        @Override
        public Optional<InputStream> open(final String key) {
            opened.add(key);
            return super.open(key);
        }
    }
}
