package dev.millrace.embedding.network;

import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.text.PackedBatch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/**
 * Random bytes for dropout, a pure function of the seed, so that a micro-batch can be replayed exactly. SplitMix64
 * (Steele, Lea and Flood 2014) in counter form; every masked element gets a byte of its own.
 */
public final class DropoutBytes {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private ByteBuffer buffer = ByteBuffer.allocateDirect(0).order(ByteOrder.nativeOrder());
    private int filled;
    private long filledFrom;

    /** Bytes that {@code encoder.torchscript} consumes for this batch. */
    public static int count(PackedBatch batch, ModelConfig config) {
        if (threshold(config.dropout()) == 0 && threshold(config.attentionDropout()) == 0) {
            return 0;
        }
        long hidden = (long) batch.tokens() * config.hidden();
        return Math.toIntExact(hidden * (1 + 2L * config.layers()) + batch.attentionWeights(config) * config.layers());
    }

    /** The byte value below which an element is dropped: dropout in steps of 1/256. */
    public static long threshold(double dropout) {
        return Math.round(dropout * 256);
    }

    /**
     * {@code count} bytes of this seed. They hold until the next call with another: a forward pass turns them into masks at
     * once, and one buffer for all passes spares the memory system tens of megabytes of fresh pages a step.
     */
    public ByteBuffer of(int count, long seed) {
        if (count != filled || seed != filledFrom) {
            fill(count, seed);
        }
        return buffer.slice(0, count).order(ByteOrder.nativeOrder());
    }

    private void fill(int count, long seed) {
        if (buffer.capacity() < count) {
            buffer = ByteBuffer.allocateDirect((count + 7) / 8 * 8).order(ByteOrder.nativeOrder());
        }
        LongBuffer longs = buffer.clear().asLongBuffer();
        long start = mix(seed);
        for (int i = 0; i < (count + 7) / 8; i++) {
            longs.put(i, mix(start + i * GAMMA));
        }
        filled = count;
        filledFrom = seed;
    }

    public static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
