package dev.millrace.bench.lineage;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.Entry;
import dev.millrace.checkpoints.bucket.FileEntry;
import dev.millrace.checkpoints.bucket.Stored;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Another bucket, and how often it is called; a version's files go on several threads. */
final class CountedBucket implements Bucket {
    private final Bucket bucket;
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong listings = new AtomicLong();
    private final AtomicLong listed = new AtomicLong();
    private final AtomicLong deletions = new AtomicLong();

    CountedBucket(Bucket bucket) {
        this.bucket = bucket;
    }

    /** What was called so far. */
    Calls calls() {
        return new Calls(reads.get(), writes.get(), listings.get(), listed.get(), deletions.get());
    }

    @Override
    public Optional<Stored> get(String key) {
        reads.incrementAndGet();
        return bucket.get(key);
    }

    @Override
    public Optional<Entry> stat(String key) {
        reads.incrementAndGet();
        return bucket.stat(key);
    }

    @Override
    public Optional<InputStream> open(String key) {
        reads.incrementAndGet();
        return bucket.open(key);
    }

    @Override
    public String put(String key, byte[] body, Condition condition) {
        writes.incrementAndGet();
        return bucket.put(key, body, condition);
    }

    @Override
    public String put(String key, Path file, FileEntry content, Condition condition) {
        writes.incrementAndGet();
        return bucket.put(key, file, content, condition);
    }

    @Override
    public List<Entry> list(String prefix) {
        listings.incrementAndGet();
        List<Entry> entries = bucket.list(prefix);
        listed.addAndGet(entries.size());
        return entries;
    }

    @Override
    public void delete(String key) {
        deletions.incrementAndGet();
        bucket.delete(key);
    }
}
