package dev.millrace.embedding.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.text.MicroBatches;
import dev.millrace.embedding.text.PackedBatch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Random bytes for dropout, a pure function of the seed, so that a micro-batch can be replayed exactly. SplitMix64
 * (Steele, Lea and Flood 2014) in counter form; every masked element gets a byte of its own. The embeddings and each layer have bytes of
 * their own seed: those of a long text's layers together are more than one array holds.
 */
public final class DropoutBytes {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;
    /** Bytes of an array at most, in whole longs. */
    /** A block is not padded to more than a few times its tokens: cutting it in two is cheaper. */
    private static final int PADDING = 4;

    private static final long MOST = Integer.MAX_VALUE / Long.BYTES * Long.BYTES;

    private final PtNDManager manager;
    private final List<NDArray> arrays = new ArrayList<>();

    DropoutBytes(PtNDManager manager) {
        this.manager = manager;
    }

    /** Bytes that {@code encoder.torchscript} consumes for the embeddings of this batch. */
    public static int forEmbeddings(PackedBatch batch, ModelConfig config) {
        return drops(config) ? Math.toIntExact((long) batch.tokens() * config.hidden()) : 0;
    }

    /** Bytes that it consumes for each layer. */
    public static int forLayer(PackedBatch batch, ModelConfig config) {
        long hidden = (long) batch.tokens() * config.hidden();
        return drops(config) ? Math.toIntExact(2 * hidden + batch.attentionWeights(config)) : 0;
    }

    private static boolean drops(ModelConfig config) {
        return threshold(config.dropout()) != 0 || threshold(config.attentionDropout()) != 0;
    }

    /** The longest text, in tokens, whose bytes for one layer are one array; without dropout there is no such bound. */
    public static double longestText(ModelConfig config) {
        double tokens = config.hidden();
        double pairs = config.heads();
        return drops(config) ? (Math.sqrt(tokens * tokens + pairs * MOST) - tokens) / pairs : Integer.MAX_VALUE;
    }

    /** Tokens that a micro-batch may hold, so that the bytes for one layer are one array however its texts are padded. */
    public static int mostTokens(ModelConfig config) {
        long token = 2L * config.hidden() + (long) MicroBatches.LONG * config.heads();
        return (int) (MOST / (PADDING * token));
    }

    /** The byte value below which an element is dropped: dropout in steps of 1/256. */
    public static long threshold(double dropout) {
        return Math.round(dropout * 256);
    }

    /** The seed of one part of what has a seed; no two parts share bytes, nor do neighbours' parts. */
    public static long seed(long whole, long part) {
        return mix(mix(whole + GAMMA) + GAMMA * (part + 1));
    }

    /**
     * An array that begins with {@code count} bytes of this seed, on the CPU. They hold until the next call for the same place: a forward
     * pass turns them into masks at once, and one array a place for all passes spares the memory system tens of megabytes of fresh pages a
     * step.
     */
    public NDArray of(int place, int count, long seed) {
        while (arrays.size() <= place) {
            arrays.add(array(0));
        }
        if (arrays.get(place).size() < count) {
            arrays.get(place).close();
            arrays.set(place, array(count));
        }
        NDArray array = arrays.get(place);
        if (count > 0) {
            fill(array.toByteBuffer(true), count, mix(seed));
        }
        return array;
    }

    private NDArray array(int count) {
        long whole = (count + (long) Long.BYTES - 1) / Long.BYTES * Long.BYTES;
        return manager.create(new Shape(whole), DataType.UINT8, Device.cpu());
    }

    private static void fill(ByteBuffer bytes, int count, long start) {
        LongBuffer longs = bytes.order(ByteOrder.nativeOrder()).asLongBuffer();
        for (int i = 0; i < (count + (long) Long.BYTES - 1) / Long.BYTES; i++) {
            longs.put(i, mix(start + i * GAMMA));
        }
    }

    static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
