package dev.millrace.embedding.optim.compact;

import java.nio.FloatBuffer;

/**
 * The first moment by the nearest of sixteen numbers that lie closer to each other near 0, as a share of the block's largest (the
 * signed dynamic exponent mapping in blocks of 128 of Li, Chen and Zhu 2023, «Memory Efficient Optimizers with 4-bit States»). The
 * scale has the largest one's sign, so that it is met exactly whatever its sign.
 */
final class FirstMomentCode implements MomentCode {
    private static final float[] LEVELS = {
        -0.8875f, -0.6625f, -0.4375f, -0.2125f, -0.0775f, -0.0325f, -0.0055f, 0f, 0.0055f, 0.0325f, 0.0775f, 0.2125f,
        0.4375f, 0.6625f, 0.8875f, 1f
    };
    private static final float[] BOUNDS = bounds();
    private static final int ZERO = 7;

    private static float[] bounds() {
        float[] bounds = new float[LEVELS.length - 1];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = (LEVELS[i] + LEVELS[i + 1]) / 2;
        }
        return bounds;
    }

    @Override
    public void encode(FloatBuffer moment, Nibbles codes, FloatBuffer scales, Dice dice) {
        for (int block = 0; block < scales.capacity(); block++) {
            int from = block * Blocks.SIZE;
            int to = Blocks.end(block, moment.capacity());
            float scale = largest(moment, from, to);
            scales.put(block, scale);
            for (int i = from; i < to; i++) {
                int code = scale == 0 ? ZERO : nearest(moment.get(i) / scale);
                codes.put(i, code);
                moment.put(i, scale * LEVELS[code]);
            }
        }
    }

    /** With its sign; the first of several. */
    private static float largest(FloatBuffer moment, int from, int to) {
        float largest = 0;
        for (int i = from; i < to; i++) {
            float value = moment.get(i);
            if (Math.abs(value) > Math.abs(largest)) {
                largest = value;
            }
        }
        return largest;
    }

    private static int nearest(float share) {
        int code = 0;
        for (int step = LEVELS.length / 2; step > 0; step /= 2) {
            if (share > BOUNDS[code + step - 1]) {
                code += step;
            }
        }
        return code;
    }

    @Override
    public void decode(Nibbles codes, FloatBuffer scales, FloatBuffer moment) {
        for (int block = 0; block < scales.capacity(); block++) {
            for (int i = block * Blocks.SIZE; i < Blocks.end(block, moment.capacity()); i++) {
                moment.put(i, scales.get(block) * LEVELS[codes.get(i)]);
            }
        }
    }
}
