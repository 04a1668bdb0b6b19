package dev.millrace.checkpoints.bucket;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A bucket for whoever writes to it: before it is asked anything, it is tried once whether it keeps conditional writes, and
 * every call throws {@link ConditionsNotKeptException} where it does not. A try that could not be made is made again.
 */
public final class TriedBucket implements Bucket {
    private final Bucket bucket;
    private volatile boolean tried;

    /** Asks nothing yet. */
    public TriedBucket(final Bucket bucket) {
        this.bucket = bucket;
    }

    private Bucket tried() {
        if (!tried) {
            ConditionalWrites.require(bucket);
            tried = true;
        }
        return bucket;
    }

    @Override
    public Optional<Stored> get(final String key) {
        return tried().get(key);
    }

    @Override
    public Optional<Entry> stat(final String key) {
        return tried().stat(key);
    }

    @Override
    public Optional<InputStream> open(final String key) {
        return tried().open(key);
    }

    @Override
    public String put(final String key, final byte[] body, final Condition condition) {
        return tried().put(key, body, condition);
    }

    @Override
    public String put(final String key, final Path file, final FileEntry content, final Condition condition) {
        return tried().put(key, file, content, condition);
    }

    @Override
    public List<Entry> list(final String prefix) {
        return tried().list(prefix);
    }

    @Override
    public void delete(final String key) {
        tried().delete(key);
    }
}
