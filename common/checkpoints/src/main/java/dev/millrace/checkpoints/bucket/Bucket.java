package dev.millrace.checkpoints.bucket;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The little that is asked of an S3 bucket: whole objects, conditional writes, listings.
 *
 * <p>Keys are `/`-separated and relative to the bucket's prefix. Every method is safe for use by many threads at once, as a
 * version's files go several at a time, and throws {@link BucketUnavailableException} when the same call may succeed later,
 * {@link BucketAccessDeniedException} when the credentials do not allow it, and {@link BucketException} for any other refusal.
 * ETags are given and taken without quotes.
 */
public interface Bucket {

    /** The most bytes {@link #get} returns: 16 MiB, far above any manifest. */
    int MAX_GET_BYTES = 16 << 20;

    /** A small object whole, or empty when there is none; one above {@link #MAX_GET_BYTES} is refused with BucketException. */
    Optional<Stored> get(String key);

    /** What is known of an object without reading it, or empty when there is none. */
    Optional<Entry> stat(String key);

    /** An object of any size as a stream the caller closes, or empty when there is none; reading throws as this interface says. */
    Optional<InputStream> open(String key);

    /**
     * Writes a small object in one atomic request. That an object must be absent is checked with the write itself; s3proxy
     * checks an ETag to be matched just before it, so that racing writers may all be told they succeeded.
     *
     * @return the ETag of what was written
     * @throws PreconditionFailedException when the condition does not hold; nothing was written then
     */
    String put(String key, byte[] body, Condition condition);

    /**
     * Writes a file of any size, streaming from disk. Up to 96 MiB (S3Bucket) in one atomic request; above in a multipart
     * upload, whose condition is checked before the upload and not again at its end.
     *
     * @param content what the file was when it was hashed; one that is otherwise now may be refused with BucketException
     * @return the ETag of what was written
     * @throws PreconditionFailedException when the condition does not hold; nothing was written then
     */
    String put(String key, Path file, FileEntry content, Condition condition);

    /** Every object whose key starts with the prefix, in key order. */
    List<Entry> list(String prefix);

    /** Removes an object; one that is not there is no error. */
    void delete(String key);
}
