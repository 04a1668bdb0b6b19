package dev.millrace.trainer.learning.round.delta;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** As it is: 4 bytes a weight. */
final class FloatCodec implements DeltaCodec {
    @Override
    public String key() {
        return "fp32";
    }

    @Override
    public ByteBuffer encode(float[] delta) {
        ByteBuffer coded = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, delta.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        coded.asFloatBuffer().put(delta);
        return coded;
    }

    @Override
    public float[] decode(ByteBuffer coded, int count) {
        float[] delta = new float[count];
        coded.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(delta);
        return delta;
    }

    @Override
    public boolean isExact() {
        return true;
    }
}
