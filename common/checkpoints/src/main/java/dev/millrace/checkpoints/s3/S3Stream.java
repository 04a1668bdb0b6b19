package dev.millrace.checkpoints.s3;

import dev.millrace.checkpoints.bucket.BucketUnavailableException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An object's body; a connection that breaks while it is read is the bucket's fault, never taken for the end of the object. */
final class S3Stream extends FilterInputStream {
    private final String key;

    S3Stream(final String key, final InputStream body) {
        super(body);
        this.key = key;
    }

    @Override
    public int read() {
        try {
            return super.read();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    @Override
    public int read(final byte[] target, final int offset, final int length) {
        try {
            return super.read(target, offset, length);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private BucketUnavailableException broken(final IOException cause) {
        return new BucketUnavailableException(key + ": broke off while being read", cause);
    }
}
