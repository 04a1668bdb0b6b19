package dev.millrace.trainer.learning.round.delta;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Rounded to bf16, half to even: 2 bytes a weight. */
final class BrainFloatCodec implements DeltaCodec {
    @Override
    public String key() {
        return "bf16";
    }

    @Override
    public ByteBuffer encode(float[] delta) {
        ByteBuffer coded = ByteBuffer.allocate(Math.multiplyExact(Short.BYTES, delta.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (float value : delta) {
            coded.putShort(rounded(value));
        }
        return coded.flip();
    }

    @Override
    public float[] decode(ByteBuffer coded, int count) {
        ByteBuffer from = coded.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        float[] delta = new float[count];
        for (int i = 0; i < count; i++) {
            delta[i] = widened(from.getShort());
        }
        return delta;
    }

    static short rounded(float value) {
        int bits = Float.floatToRawIntBits(value);
        return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
    }

    static float widened(short upper) {
        return Float.intBitsToFloat(upper << 16);
    }
}
