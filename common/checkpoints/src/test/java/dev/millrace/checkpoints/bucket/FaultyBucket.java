package dev.millrace.checkpoints.bucket;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A bucket whose n-th write (deletes count) goes wrong: never sent, or done with its answer lost. */
public final class FaultyBucket implements Bucket {
    public enum Fault {
        NOT_SENT,
        ANSWER_LOST
    }

    private final Bucket bucket;
    private final Fault fault;
    private int writesToGo;

    public FaultyBucket(final Bucket bucket, final Fault fault, final int writesToGo) {
        this.bucket = bucket;
        this.fault = fault;
        this.writesToGo = writesToGo;
    }

    public boolean happened() {
        return writesToGo < 0;
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
        return write(() -> bucket.put(key, body, condition));
    }

    @Override
    public String put(final String key, final Path file, final FileEntry content, final Condition condition) {
        return write(() -> bucket.put(key, file, content, condition));
    }

    @Override
    public List<Entry> list(final String prefix) {
        return bucket.list(prefix);
    }

    @Override
    public void delete(final String key) {
        write(() -> {
            bucket.delete(key);
            return "";
        });
    }

    private String write(final Supplier<String> write) {
        if (writesToGo-- != 0) {
            return write.get();
        }
        throw new BucketUnavailableException(
                fault == Fault.ANSWER_LOST ? "no answer to what wrote " + write.get() : "not sent");
    }
}
