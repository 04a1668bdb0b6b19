package dev.millrace.checkpoints.bucket;

/** A small object as read: its bytes (a copy the caller may keep) and its unquoted ETag. */
public final class Stored {
    private final byte[] body;
    private final String etag;

    /** Takes ownership of the bytes. */
    public Stored(final byte[] body, final String etag) {
        this.body = body;
        this.etag = etag;
    }

    /** The object's bytes, 0 to {@link Bucket#MAX_GET_BYTES} of them. */
    public byte[] body() {
        return body.clone();
    }

    /** The object's ETag without quotes. */
    public String etag() {
        return etag;
    }
}
