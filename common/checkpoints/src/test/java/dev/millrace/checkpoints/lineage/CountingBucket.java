package dev.millrace.checkpoints.lineage;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.Entry;
import dev.millrace.checkpoints.bucket.FileEntry;
import dev.millrace.checkpoints.bucket.ForwardingBucket;
import dev.millrace.checkpoints.bucket.Stored;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts listings and what they listed, objects read, and the files that were sent. */
final class CountingBucket extends ForwardingBucket {
    private final AtomicInteger listings = new AtomicInteger();
    private final AtomicLong listed = new AtomicLong();
    private final AtomicInteger gets = new AtomicInteger();
    private final AtomicLong bytesSent = new AtomicLong();
    private final Set<String> sent = new ConcurrentSkipListSet<>();

    CountingBucket(final Bucket bucket) {
        super(bucket);
    }

    int listings() {
        return listings.get();
    }

    long listed() {
        return listed.get();
    }

    int gets() {
        return gets.get();
    }

    /** Of files; manifests and pointers do not count. */
    long bytesSent() {
        return bytesSent.get();
    }

    /** The keys of the files that were sent. */
    Set<String> sent() {
        return sent;
    }

    void forget() {
        listings.set(0);
        listed.set(0);
        gets.set(0);
        bytesSent.set(0);
        sent.clear();
    }

    @Override
    public Optional<Stored> get(final String key) {
        gets.incrementAndGet();
        return super.get(key);
    }

    @Override
    public String put(final String key, final Path file, final FileEntry content, final Condition condition) {
        bytesSent.addAndGet(content.size());
        sent.add(key);
        return super.put(key, file, content, condition);
    }

    @Override
    public List<Entry> list(final String prefix) {
        final List<Entry> entries = super.list(prefix);
        listings.incrementAndGet();
        listed.addAndGet(entries.size());
        return entries;
    }
}
