package dev.millrace.trainer.learning.round.delta;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Whole numbers from -127 to 127 with a scale for every 256 of them (block-wise quantization: Dettmers et al. 2022), so that one
 * large change costs no other tensor's part its precision: 1.016 bytes a weight.
 */
final class ByteCodec implements DeltaCodec {
    static final int BLOCK = 256;
    private static final float LARGEST = 127;

    @Override
    public String key() {
        return "int8";
    }

    @Override
    public ByteBuffer encode(float[] delta) {
        int blocks = (delta.length + BLOCK - 1) / BLOCK;
        ByteBuffer coded = ByteBuffer.allocate(Math.addExact(delta.length, Math.multiplyExact(Float.BYTES, blocks)))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < delta.length; from += BLOCK) {
            int to = Math.min(delta.length, from + BLOCK);
            float scale = largest(delta, from, to) / LARGEST;
            coded.putFloat(scale);
            for (int i = from; i < to; i++) {
                coded.put(scale > 0 ? whole(delta[i] / scale) : 0);
            }
        }
        return coded.flip();
    }

    private static float largest(float[] delta, int from, int to) {
        float largest = 0;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, Math.abs(delta[i]));
        }
        return largest;
    }

    /** A scale that is no normal number is too coarse for its own block. */
    private static byte whole(float scaled) {
        return (byte) Math.round(Math.max(-LARGEST, Math.min(LARGEST, scaled)));
    }

    @Override
    public float[] decode(ByteBuffer coded, int count) {
        ByteBuffer from = coded.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        float[] delta = new float[count];
        float scale = 0;
        for (int i = 0; i < count; i++) {
            if (i % BLOCK == 0) {
                scale = from.getFloat();
            }
            delta[i] = scale * from.get();
        }
        return delta;
    }
}
