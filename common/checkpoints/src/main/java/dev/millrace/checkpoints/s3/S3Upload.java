package dev.millrace.checkpoints.s3;

import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.FileEntry;
import io.minio.Checksum;
import io.minio.Http;
import io.minio.ObjectWriteResponse;
import io.minio.PutObjectAPIArgs;
import io.minio.UploadObjectArgs;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A file on its way to one object. */
record S3Upload(S3Connection connection, String bucket, String object) {
    /** Below the 128 MiB that s3proxy takes in one signed request. */
    static final long ONE_REQUEST_BYTES = 96L << 20;

    private static final long PART_BYTES = 16L << 20;
    private static final int PARALLEL_PARTS = 2;
    private static final String CONTENT_TYPE = "application/octet-stream";

    /**
     * In one request, signed with the hash that is known already: the server refuses anything else, the client needs no hash
     * of its own, and the condition is decided with the write.
     */
    ObjectWriteResponse whole(final Path file, final FileEntry content, final Condition condition)
            throws MinioException {
        final Http.Headers headers = new Http.Headers(S3Headers.of(condition));
        headers.put(Http.Headers.X_AMZ_CONTENT_SHA256, content.sha256());
        try (RandomAccessFile body = new RandomAccessFile(file.toFile(), "r")) {
            return connection
                    .requests()
                    .putObject(PutObjectAPIArgs.builder()
                            .bucket(bucket)
                            .object(object)
                            .contentType(CONTENT_TYPE)
                            .headers(headers)
                            .file(body, content.size())
                            .build())
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** The signature wants SHA-256 anyway; the client's default adds a CRC, almost half of an upload's CPU time. */
    ObjectWriteResponse inParts(final Path file) throws MinioException {
        return connection
                .client()
                .uploadObject(UploadObjectArgs.builder()
                        .bucket(bucket)
                        .object(object)
                        .contentType(CONTENT_TYPE)
                        .filename(file.toString(), PART_BYTES)
                        .parallelUploads(PARALLEL_PARTS)
                        .checksum(Checksum.Algorithm.SHA256)
                        .build());
    }
}
