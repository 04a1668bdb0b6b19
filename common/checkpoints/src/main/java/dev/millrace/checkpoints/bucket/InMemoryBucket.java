package dev.millrace.checkpoints.bucket;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** A {@link Bucket} in memory with S3's semantics, ETags by content included, for tests and simulations without a server. */
public final class InMemoryBucket implements Bucket {
    private final NavigableMap<String, Body> bodies = new TreeMap<>();
    private final Clock clock;

    /** An empty bucket that stamps what is written by the clock. */
    public InMemoryBucket(final Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Optional<Stored> get(final String key) {
        return find(key).map(body -> {
            if (body.bytes.length > MAX_GET_BYTES) {
                throw new BucketException(key + ": more than " + MAX_GET_BYTES + " bytes");
            }
            return new Stored(body.bytes.clone(), body.etag());
        });
    }

    @Override
    public synchronized Optional<Entry> stat(final String key) {
        return find(key).map(body -> body.entry(key));
    }

    @Override
    public synchronized Optional<InputStream> open(final String key) {
        return find(key).map(body -> new ByteArrayInputStream(body.bytes));
    }

    @Override
    public synchronized String put(final String key, final byte[] body, final Condition condition) {
        if (!condition.holdsFor(find(key).map(Body::etag))) {
            throw new PreconditionFailedException(key);
        }
        final Body written = new Body(body.clone(), clock.instant());
        bodies.put(key, written);
        return written.etag();
    }

    @Override
    public String put(final String key, final Path file, final FileEntry content, final Condition condition) {
        try {
            final byte[] body = Files.readAllBytes(file);
            if (!Digests.hex(body).equals(content.sha256())) {
                throw new BucketException(key + ": the file is not what it was when it was hashed");
            }
            return put(key, body, condition);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    @Override
    public synchronized List<Entry> list(final String prefix) {
        // Bounded on both sides: a stream of a tree's tail first counts all of it.
        return bodies.subMap(prefix, prefix + Character.MAX_VALUE).entrySet().stream()
                .map(body -> body.getValue().entry(body.getKey()))
                .toList();
    }

    @Override
    public synchronized void delete(final String key) {
        bodies.remove(key);
    }

    private Optional<Body> find(final String key) {
        return Optional.ofNullable(bodies.get(key));
    }

    private static final class Body {
        private final byte[] bytes;
        private final Instant modifiedAt;

        Body(final byte[] bytes, final Instant modifiedAt) {
            this.bytes = bytes;
            this.modifiedAt = modifiedAt;
        }

        String etag() {
            return Digests.hex(bytes);
        }

        Entry entry(final String key) {
            return new Entry(key, bytes.length, modifiedAt);
        }
    }
}
