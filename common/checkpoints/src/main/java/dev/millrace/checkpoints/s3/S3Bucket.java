package dev.millrace.checkpoints.s3;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.BucketAccessDeniedException;
import dev.millrace.checkpoints.bucket.BucketException;
import dev.millrace.checkpoints.bucket.BucketUnavailableException;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.Entry;
import dev.millrace.checkpoints.bucket.FileEntry;
import dev.millrace.checkpoints.bucket.PreconditionFailedException;
import dev.millrace.checkpoints.bucket.Stored;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.ListObjectsArgs;
import io.minio.ObjectWriteResponse;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A {@link Bucket} on any S3 server that knows conditional writes, over the MinIO client. */
public final class S3Bucket implements Bucket, AutoCloseable {
    private final S3Connection connection;
    private final S3Settings settings;

    private S3Bucket(final S3Settings settings, final Consumer<S3Container> beforeUse) {
        this.connection = new S3Connection(settings, beforeUse);
        this.settings = settings;
    }

    /**
     * Connects, and makes the bucket when it is absent. A server that does not accept a connection within 5 s, or is silent for
     * 30 s, is unavailable.
     *
     * @throws BucketUnavailableException when the server cannot be reached
     * @throws BucketAccessDeniedException when it does not accept the keys
     */
    public static S3Bucket connect(final S3Settings settings) {
        return opened(lazily(settings));
    }

    /** As {@link #connect}, but a bucket that is absent is an AbsentBucketException: for whoever only looks. */
    public static S3Bucket existing(final S3Settings settings) {
        return opened(new S3Bucket(settings, S3Container::require));
    }

    /** As {@link #connect}, when something is first asked of it, and again until that succeeds: for those who wait for it. */
    public static S3Bucket lazily(final S3Settings settings) {
        return new S3Bucket(settings, S3Container::makeIfAbsent);
    }

    private static S3Bucket opened(final S3Bucket bucket) {
        bucket.connection.client();
        return bucket;
    }

    @Override
    public Optional<Stored> get(final String key) {
        try (GetObjectResponse response = S3Faults.ask(() -> connection.client().getObject(getArgs(key)))) {
            final byte[] body = response.readNBytes(MAX_GET_BYTES + 1);
            if (body.length > MAX_GET_BYTES) {
                throw new BucketException(key + ": more than " + MAX_GET_BYTES + " bytes");
            }
            return Optional.of(new Stored(
                    body, S3Headers.unquoted(String.valueOf(response.headers().get("ETag")))));
        } catch (MinioException e) {
            return S3Faults.absentOrThrow(key, e);
        } catch (IOException e) {
            throw new BucketUnavailableException(key + ": broke off while being read", e);
        }
    }

    @Override
    public Optional<Entry> stat(final String key) {
        return head(key)
                .map(stat -> new Entry(key, stat.size(), stat.lastModified().toInstant()));
    }

    @Override
    public Optional<InputStream> open(final String key) {
        try {
            return Optional.of(
                    new S3Stream(key, S3Faults.ask(() -> connection.client().getObject(getArgs(key)))));
        } catch (MinioException e) {
            return S3Faults.absentOrThrow(key, e);
        }
    }

    @Override
    public String put(final String key, final byte[] body, final Condition condition) {
        final PutObjectArgs args = PutObjectArgs.builder()
                .bucket(settings.bucket())
                .object(fullKey(key))
                .extraHeaders(S3Headers.of(condition))
                .data(body, body.length)
                .build();
        return sent(key, condition, () -> connection.client().putObject(args));
    }

    @Override
    public String put(final String key, final Path file, final FileEntry content, final Condition condition) {
        final S3Upload upload = new S3Upload(connection, settings.bucket(), fullKey(key));
        if (content.size() <= S3Upload.ONE_REQUEST_BYTES) {
            return sent(key, condition, () -> upload.whole(file, content, condition));
        }
        if (!condition.holdsFor(head(key).map(stat -> S3Headers.unquoted(stat.etag())))) {
            throw new PreconditionFailedException(key);
        }
        return sent(key, condition, () -> upload.inParts(file));
    }

    @Override
    public List<Entry> list(final String prefix) {
        try {
            return S3Faults.ask(() -> listed(prefix));
        } catch (MinioException e) {
            throw S3Faults.of(prefix, e);
        }
    }

    @Override
    public void delete(final String key) {
        try {
            S3Faults.ask(() -> {
                connection
                        .client()
                        .removeObject(RemoveObjectArgs.builder()
                                .bucket(settings.bucket())
                                .object(fullKey(key))
                                .build());
                return key;
            });
        } catch (MinioException e) {
            S3Faults.absentOrThrow(key, e);
        }
    }

    /** Lets go of pooled connections and threads; requests under way may fail. */
    @Override
    public void close() {
        connection.close();
    }

    private List<Entry> listed(final String prefix) throws MinioException {
        final List<Entry> entries = new ArrayList<>();
        for (final Result<Item> result : connection
                .client()
                .listObjects(ListObjectsArgs.builder()
                        .bucket(settings.bucket())
                        .prefix(fullKey(prefix))
                        .recursive(true)
                        .build())) {
            final Item item = result.get();
            final String key = item.objectName().substring(settings.prefix().length());
            entries.add(new Entry(key, item.size(), item.lastModified().toInstant()));
        }
        entries.sort(Comparator.comparing(Entry::key));
        return List.copyOf(entries);
    }

    /** The ETag of what a write has written. */
    private static String sent(
            final String key, final Condition condition, final S3Faults.Call<ObjectWriteResponse> write) {
        try {
            return S3Headers.unquoted(S3Faults.ask(write).etag());
        } catch (MinioException e) {
            throw S3Faults.ofPut(key, condition, e);
        }
    }

    private Optional<StatObjectResponse> head(final String key) {
        try {
            return Optional.of(S3Faults.ask(() -> connection
                    .client()
                    .statObject(StatObjectArgs.builder()
                            .bucket(settings.bucket())
                            .object(fullKey(key))
                            .build())));
        } catch (MinioException e) {
            return S3Faults.absentOrThrow(key, e);
        }
    }

    private GetObjectArgs getArgs(final String key) {
        return GetObjectArgs.builder()
                .bucket(settings.bucket())
                .object(fullKey(key))
                .build();
    }

    private String fullKey(final String key) {
        return settings.prefix() + key;
    }
}
