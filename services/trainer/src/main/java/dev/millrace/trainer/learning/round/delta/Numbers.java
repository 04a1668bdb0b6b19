package dev.millrace.trainer.learning.round.delta;

import dev.millrace.embedding.files.Safetensors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Tensors as arrays and back. */
public final class Numbers {
    private Numbers() {}

    /** A copy of its values. */
    public static float[] of(Safetensors.Tensor tensor) {
        ByteBuffer values = tensor.values().duplicate().rewind().order(ByteOrder.LITTLE_ENDIAN);
        float[] numbers = new float[values.remaining() / Float.BYTES];
        values.asFloatBuffer().get(numbers);
        return numbers;
    }

    /** Outside the heap, where native code takes it over without another copy. */
    public static Safetensors.Tensor tensor(long[] shape, float[] numbers) {
        ByteBuffer values = ByteBuffer.allocateDirect(Math.multiplyExact(Float.BYTES, numbers.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        values.asFloatBuffer().put(numbers);
        return new Safetensors.Tensor(shape.clone(), values);
    }
}
