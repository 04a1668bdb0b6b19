package dev.millrace.embedding.optim.compact;

import java.nio.FloatBuffer;

/**
 * The second moment as a power of two from 1 to 2^-15 of the block's largest, rounded stochastically: rounded to the nearest, a
 * mean over a thousand steps would stay for ever where a window moves it by less than half a power. Never 0 beside a number that
 * is not, as it divides (Li, Chen and Zhu 2023 on the zero point).
 */
final class SecondMomentCode implements MomentCode {
    private static final int LEAST = 15;
    private static final int FRACTION_BITS = 23;
    private static final int CHANCE_BITS = 10;
    private static final float[] POWERS = powers();

    private static float[] powers() {
        float[] powers = new float[LEAST + 1];
        for (int i = 0; i <= LEAST; i++) {
            powers[i] = Math.scalb(1f, -i);
        }
        return powers;
    }

    @Override
    public void encode(FloatBuffer moment, Nibbles codes, FloatBuffer scales, Dice dice) {
        for (int block = 0; block < scales.capacity(); block++) {
            int from = block * Blocks.SIZE;
            int to = Blocks.end(block, moment.capacity());
            float scale = largest(moment, from, to);
            scales.put(block, scale);
            for (int i = from; i < to; i++) {
                int code = scale == 0 ? 0 : code(moment.get(i) / scale, dice.at(i) >>> Dice.SECOND_MOMENT);
                codes.put(i, code);
                moment.put(i, scale * POWERS[code]);
            }
        }
    }

    private static float largest(FloatBuffer moment, int from, int to) {
        float largest = 0;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, moment.get(i));
        }
        return largest;
    }

    /** What is between two powers of two is the greater one with the chance that keeps the mean. */
    private static int code(float share, int chance) {
        int bits = Float.floatToRawIntBits(share);
        int lower = Float.MAX_EXPONENT - (bits >>> FRACTION_BITS);
        int fraction = (bits >>> (FRACTION_BITS - CHANCE_BITS)) & ((1 << CHANCE_BITS) - 1);
        return Math.min(LEAST, fraction > chance ? lower - 1 : lower);
    }

    @Override
    public void decode(Nibbles codes, FloatBuffer scales, FloatBuffer moment) {
        for (int block = 0; block < scales.capacity(); block++) {
            for (int i = block * Blocks.SIZE; i < Blocks.end(block, moment.capacity()); i++) {
                moment.put(i, scales.get(block) * POWERS[codes.get(i)]);
            }
        }
    }
}
