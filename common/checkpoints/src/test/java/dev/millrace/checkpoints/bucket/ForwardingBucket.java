package dev.millrace.checkpoints.bucket;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Another bucket as it is, for tests that change one thing about it. */
public abstract class ForwardingBucket implements Bucket {
    private final Bucket bucket;

    protected ForwardingBucket(final Bucket bucket) {
        this.bucket = bucket;
    }

    @Override
    public Optional<Stored> get(final String key) {
        return bucket.get(key);
    }

    @Override
    public Optional<Entry> stat(final String key) {
        return bucket.stat(key);
    }

    @Override
    public Optional<InputStream> open(final String key) {
        return bucket.open(key);
    }

    @Override
    public String put(final String key, final byte[] body, final Condition condition) {
        return bucket.put(key, body, condition);
    }

    @Override
    public String put(final String key, final Path file, final FileEntry content, final Condition condition) {
        return bucket.put(key, file, content, condition);
    }

    @Override
    public List<Entry> list(final String prefix) {
        return bucket.list(prefix);
    }

    @Override
    public void delete(final String key) {
        bucket.delete(key);
    }
}
