package dev.millrace.encoder;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.BucketAccessDeniedException;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.Entry;
import dev.millrace.checkpoints.bucket.FileEntry;
import dev.millrace.checkpoints.bucket.Stored;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A bucket that can be down, or take no writes, or see another hand between a read and what follows it. */
final class RefusingBucket implements Bucket {
    final AtomicInteger reads = new AtomicInteger();
    private final Bucket bucket;
    private final Semaphore gate = new Semaphore(Integer.MAX_VALUE / 2);
    private volatile Optional<RuntimeException> readFailure = Optional.empty();
    private volatile boolean readOnly;
    private volatile Optional<Interruption> interruption = Optional.empty();

    RefusingBucket(Bucket bucket) {
        this.bucket = bucket;
    }

    void refuseWrites(boolean refuse) {
        readOnly = refuse;
    }

    void failReads(RuntimeException failure) {
        readFailure = Optional.of(failure);
    }

    void recover() {
        readFailure = Optional.empty();
    }

    /** Every read waits from now on, until {@link #answer}. */
    void hold() {
        gate.drainPermits();
    }

    void answer() {
        gate.release(Integer.MAX_VALUE / 2);
    }

    /** Runs once, after the key was read and before the reader hears of it. */
    void afterNextGetOf(String key, Runnable hand) {
        interruption = Optional.of(new Interruption(key, hand));
    }

    @Override
    public Optional<Stored> get(String key) {
        final Optional<Stored> stored = read(() -> bucket.get(key));
        final Optional<Interruption> now =
                interruption.filter(hand -> hand.key().equals(key));
        if (now.isPresent()) {
            interruption = Optional.empty();
            now.get().hand().run();
        }
        return stored;
    }

    @Override
    public Optional<Entry> stat(String key) {
        return read(() -> bucket.stat(key));
    }

    @Override
    public Optional<InputStream> open(String key) {
        return read(() -> bucket.open(key));
    }

    @Override
    public String put(String key, byte[] body, Condition condition) {
        requireWritable(key);
        return bucket.put(key, body, condition);
    }

    @Override
    public String put(String key, Path file, FileEntry content, Condition condition) {
        requireWritable(key);
        return bucket.put(key, file, content, condition);
    }

    @Override
    public List<Entry> list(String prefix) {
        return read(() -> bucket.list(prefix));
    }

    @Override
    public void delete(String key) {
        requireWritable(key);
        bucket.delete(key);
    }

    private <T> T read(Supplier<T> answer) {
        reads.incrementAndGet();
        gate.acquireUninterruptibly();
        if (readFailure.isPresent()) {
            throw readFailure.get();
        }
        return answer.get();
    }

    private void requireWritable(String key) {
        if (readOnly) {
            throw new BucketAccessDeniedException(
                    key + ": the bucket answered 403 AccessDenied", new IOException("403"));
        }
    }

    private record Interruption(String key, Runnable hand) {}
}
