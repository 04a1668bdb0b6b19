package dev.millrace.evaluate.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Vectors in a file that goes when it is closed, so that their number is bounded by a disk and not by a heap. */
final class SpooledVectors implements AutoCloseable {
    private final FileChannel file;
    private int dimensions;

    SpooledVectors() {
        try {
            Path path = Files.createTempFile("millrace-evaluate", ".vectors");
            file = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw new UncheckedIOException("no room for vectors", e);
        }
    }

    void append(float[][] vectors) {
        if (dimensions == 0) {
            dimensions = vectors[0].length;
        }
        ByteBuffer bytes = buffer(vectors.length);
        for (float[] vector : vectors) {
            if (vector.length != dimensions) {
                throw new IllegalArgumentException(
                        "vectors of " + dimensions + " and of " + vector.length + " numbers");
            }
            for (float number : vector) {
                bytes.putFloat(number);
            }
        }
        try {
            bytes.flip();
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("vectors cannot be kept", e);
        }
    }

    float[][] read(int from, int to) {
        ByteBuffer bytes = buffer(to - from);
        try {
            long start = (long) from * dimensions * Float.BYTES;
            while (bytes.hasRemaining()) {
                if (file.read(bytes, start + bytes.position()) < 0) {
                    throw new IOException("their file ends early");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("vectors cannot be read back", e);
        }
        bytes.flip();
        float[][] vectors = new float[to - from][dimensions];
        for (float[] vector : vectors) {
            for (int i = 0; i < dimensions; i++) {
                vector[i] = bytes.getFloat();
            }
        }
        return vectors;
    }

    private ByteBuffer buffer(int vectors) {
        return ByteBuffer.allocate(Math.multiplyExact(vectors, dimensions * Float.BYTES))
                .order(ByteOrder.nativeOrder());
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
