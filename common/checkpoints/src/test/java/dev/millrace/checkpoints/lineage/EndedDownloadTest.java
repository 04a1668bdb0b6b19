package dev.millrace.checkpoints.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.BucketUnavailableException;
import dev.millrace.checkpoints.bucket.ForwardingBucket;
import dev.millrace.checkpoints.bucket.InMemoryBucket;
import dev.millrace.checkpoints.version.AlteredVersionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A download that ends early leaves nothing, and does not wait for files that would take long. */
@Timeout(30)
final class EndedDownloadTest {
    @TempDir
    Path folder;

    private final Bucket bucket = new InMemoryBucket(Clock.systemUTC());

    @BeforeEach
    void publish() throws IOException {
        new CheckpointStore(bucket, Clock.systemUTC()).publish(Drafts.base("v0"), Drafts.folder(folder, 1));
    }

    @Test
    void one_that_a_missing_file_ends() {
        // Given weights that take minutes, and no configuration
        final CheckpointStore store = new CheckpointStore(new SlowBucket(bucket, () -> {}), Clock.systemUTC());
        bucket.delete("versions/v0/config.json");
        // When / Then
        assertThatThrownBy(() -> store.download("v0", folder.resolve("cache/v0"), path -> true))
                .isInstanceOf(AlteredVersionException.class)
                .hasMessage("version v0, file config.json: is missing");
        assertThat(folder.resolve("cache")).isEmptyDirectory();
    }

    @Test
    void one_whose_caller_is_interrupted() {
        // Given weights that take minutes
        final Thread caller = Thread.currentThread();
        final CheckpointStore store = new CheckpointStore(new SlowBucket(bucket, caller::interrupt), Clock.systemUTC());
        // When / Then
        assertThatThrownBy(() -> store.download("v0", folder.resolve("cache/v0"), path -> true))
                .isInstanceOf(BucketUnavailableException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(folder.resolve("cache")).isEmptyDirectory();
    }

    /** Gives a thousand bytes of weights in a second, doing something before each. */
    private static final class SlowBucket extends ForwardingBucket {
        private final Runnable before;

        SlowBucket(final Bucket bucket, final Runnable before) {
            super(bucket);
            this.before = before;
        }

        @Override
        public Optional<InputStream> open(final String key) {
            return key.endsWith("/model.safetensors") ? Optional.of(new SlowStream(before)) : super.open(key);
        }
    }

    private static final class SlowStream extends InputStream {
        private final Runnable before;

        SlowStream(final Runnable before) {
            this.before = before;
        }

        @Override
        public int read() {
            return 0;
        }

        @Override
        public int read(final byte[] target, final int offset, final int length) {
            before.run();
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            return 1;
        }
    }
}
