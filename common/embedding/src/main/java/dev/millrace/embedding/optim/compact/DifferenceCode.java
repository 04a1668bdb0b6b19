package dev.millrace.embedding.optim.compact;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * A weight by how far it is from its average: whole numbers from -127 to 127 of a power of two that a block shares, rounded
 * stochastically.
 */
final class DifferenceCode {
    private static final int LARGEST = 127;
    /** From the exponent of a block's largest difference to that of its unit. */
    private static final int BITS = 6;

    private static final int CHANCES = 1 << 10;

    private final ByteBuffer codes;
    private final ByteBuffer exponents;

    /** One byte an element, and one a block. */
    DifferenceCode(ByteBuffer codes, ByteBuffer exponents) {
        this.codes = codes;
        this.exponents = exponents;
    }

    /** Rounds weights in place to what average and codes say. */
    void encode(FloatBuffer weights, FloatBuffer average, Dice dice) {
        for (int block = 0; block < exponents.capacity(); block++) {
            int from = block * Blocks.SIZE;
            int to = Blocks.end(block, weights.capacity());
            int exponent = exponent(largest(weights, average, from, to));
            exponents.put(block, (byte) exponent);
            float unit = Math.scalb(1f, exponent);
            for (int i = from; i < to; i++) {
                double scaled = (weights.get(i) - average.get(i)) / unit;
                double chance = (((dice.at(i) >>> Dice.DIFFERENCE) & (CHANCES - 1)) + 0.5) / CHANCES;
                int code = (int) Math.max(-LARGEST, Math.min(LARGEST, Math.floor(scaled + chance)));
                codes.put(i, (byte) code);
                weights.put(i, average.get(i) + unit * code);
            }
        }
    }

    private static float largest(FloatBuffer weights, FloatBuffer average, int from, int to) {
        float largest = 0;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, Math.abs(weights.get(i) - average.get(i)));
        }
        return largest;
    }

    private static int exponent(float largest) {
        int exponent = Math.max(Float.MIN_EXPONENT, Math.getExponent(largest) - BITS);
        return largest > LARGEST * Math.scalb(1f, exponent) ? exponent + 1 : exponent;
    }

    /** Makes weights of their average, in place. */
    void decode(FloatBuffer average) {
        for (int block = 0; block < exponents.capacity(); block++) {
            float unit = Math.scalb(1f, exponents.get(block));
            for (int i = block * Blocks.SIZE; i < Blocks.end(block, average.capacity()); i++) {
                average.put(i, average.get(i) + unit * codes.get(i));
            }
        }
    }
}
