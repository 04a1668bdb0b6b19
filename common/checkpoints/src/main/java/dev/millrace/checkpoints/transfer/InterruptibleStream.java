package dev.millrace.checkpoints.transfer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/** A body that ends with an exception once its reader is interrupted, wherever it comes from. */
final class InterruptibleStream extends FilterInputStream {
    InterruptibleStream(final InputStream body) {
        super(body);
    }

    @Override
    public int read() throws IOException {
        requireUninterrupted();
        return super.read();
    }

    @Override
    public int read(final byte[] target, final int offset, final int length) throws IOException {
        requireUninterrupted();
        return super.read(target, offset, length);
    }

    private static void requireUninterrupted() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
    }
}
