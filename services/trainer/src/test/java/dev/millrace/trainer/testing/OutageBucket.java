package dev.millrace.trainer.testing;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.BucketException;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.Entry;
import dev.millrace.checkpoints.bucket.FileEntry;
import dev.millrace.checkpoints.bucket.Stored;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/** A bucket whose reads or writes can fail, or be slow, for as long as a test wants. */
public final class OutageBucket implements Bucket {
    private final Bucket bucket;
    private final Semaphore writes = new Semaphore(Integer.MAX_VALUE / 2);
    private volatile Optional<BucketException> readFailure = Optional.empty();
    private volatile Optional<BucketException> writeFailure = Optional.empty();
    private volatile Optional<BucketException> deleteFailure = Optional.empty();
    private volatile Predicate<String> refused = key -> false;
    private volatile BucketException refusal;

    public OutageBucket(Bucket bucket) {
        this.bucket = bucket;
    }

    public void failReads(BucketException failure) {
        readFailure = Optional.of(failure);
    }

    public void failWrites(BucketException failure) {
        writeFailure = Optional.of(failure);
    }

    /** Refuses to write such keys. */
    public void refuse(Predicate<String> keys, BucketException failure) {
        refused = keys;
        refusal = failure;
    }

    /** Refuses to delete files of versions. */
    public void refuseRetention(BucketException failure) {
        deleteFailure = Optional.of(failure);
    }

    public void recover() {
        readFailure = Optional.empty();
        writeFailure = Optional.empty();
    }

    /** Every write waits from now on, until {@link #takeWrites}. */
    public void holdWrites() {
        writes.drainPermits();
    }

    public boolean hasWaitingWrites() {
        return writes.hasQueuedThreads();
    }

    public void takeWrites() {
        writes.release(Integer.MAX_VALUE / 2);
    }

    @Override
    public Optional<Stored> get(String key) {
        read();
        return bucket.get(key);
    }

    @Override
    public Optional<Entry> stat(String key) {
        read();
        return bucket.stat(key);
    }

    @Override
    public Optional<InputStream> open(String key) {
        read();
        return bucket.open(key);
    }

    @Override
    public String put(String key, byte[] body, Condition condition) {
        if (refused.test(key)) {
            throw refusal;
        }
        write();
        return bucket.put(key, body, condition);
    }

    @Override
    public String put(String key, Path file, FileEntry content, Condition condition) {
        write();
        return bucket.put(key, file, content, condition);
    }

    @Override
    public List<Entry> list(String prefix) {
        read();
        return bucket.list(prefix);
    }

    @Override
    public void delete(String key) {
        if (deleteFailure.isPresent() && key.startsWith("versions/")) {
            throw deleteFailure.get();
        }
        write();
        bucket.delete(key);
    }

    private void read() {
        if (readFailure.isPresent()) {
            throw readFailure.get();
        }
    }

    private void write() {
        writes.acquireUninterruptibly();
        writes.release();
        if (writeFailure.isPresent()) {
            throw writeFailure.get();
        }
    }
}
