package dev.millrace.admin;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.Entry;
import dev.millrace.checkpoints.bucket.FileEntry;
import dev.millrace.checkpoints.bucket.Stored;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A bucket on a server that knows no conditional writes. */
record UnconditionalBucket(Bucket bucket) implements Bucket {
    @Override
    public Optional<Stored> get(String key) {
        return bucket.get(key);
    }

    @Override
    public Optional<Entry> stat(String key) {
        return bucket.stat(key);
    }

    @Override
    public Optional<InputStream> open(String key) {
        return bucket.open(key);
    }

    @Override
    public String put(String key, byte[] body, Condition condition) {
        return bucket.put(key, body, Condition.ALWAYS);
    }

    @Override
    public String put(String key, Path file, FileEntry content, Condition condition) {
        return bucket.put(key, file, content, Condition.ALWAYS);
    }

    @Override
    public List<Entry> list(String prefix) {
        return bucket.list(prefix);
    }

    @Override
    public void delete(String key) {
        bucket.delete(key);
    }
}
