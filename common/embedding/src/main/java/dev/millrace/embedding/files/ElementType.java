package dev.millrace.embedding.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** How a safetensors file stores a weight: IEEE 754 single or half precision, or the upper half of a single one. */
enum ElementType {
    F32(Float.BYTES),
    F16(Short.BYTES),
    BF16(Short.BYTES);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** Which type a header's {@code dtype} names; empty when none does. */
    static Optional<ElementType> of(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    int bytes() {
        return bytes;
    }

    /** The values as little-endian fp32: the same buffer where they are that already. */
    ByteBuffer widened(ByteBuffer values) {
        if (this == F32) {
            return values;
        }
        ByteBuffer wide = ByteBuffer.allocateDirect(Math.multiplyExact(2, values.remaining()))
                .order(ByteOrder.LITTLE_ENDIAN);
        while (values.hasRemaining()) {
            short bits = values.getShort();
            wide.putFloat(this == F16 ? single(bits) : Float.intBitsToFloat(bits << 16));
        }
        return wide.flip();
    }

    private static float single(short half) {
        int exponent = half >> 10 & 0x1f;
        int fraction = half & 0x3ff;
        float size =
                switch (exponent) {
                    case 0 -> Math.scalb((float) fraction, -24);
                    case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
                    default -> Math.scalb((float) (fraction | 0x400), exponent - 25);
                };
        return half < 0 ? -size : size;
    }
}
