package dev.millrace.embedding.optim.compact;

import java.nio.FloatBuffer;

/**
 * The upper 20 bits of a weight's average. Sixteen of them, rounded to the nearest, are what is published (bf16); the other four
 * say where between two such numbers the average is. Bits below are rounded stochastically, so that an average that moves by
 * less than its last bit moves all the same, on average.
 */
final class AverageCode {
    private static final int DROPPED = 12;
    private static final int DROPPED_BITS = (1 << DROPPED) - 1;
    private static final int KEPT = 4;
    private static final int HALF = 1 << (KEPT - 1);
    private static final int LOW_BITS = (1 << KEPT) - 1;

    private AverageCode() {}

    /** Rounds it in place, and says what of it is not in its bf16. */
    static void encode(FloatBuffer average, Nibbles low, Dice dice) {
        for (int i = 0; i < average.capacity(); i++) {
            int chance = dice.at(i);
            int upper = (Float.floatToRawIntBits(average.get(i)) + (chance & DROPPED_BITS)) >>> DROPPED;
            if ((upper & LOW_BITS) == HALF) {
                // Half way between two numbers that may be published: which is nearest must not be in question.
                upper += ((chance >>> DROPPED) & 1) == 0 ? 1 : -1;
            }
            low.put(i, upper & LOW_BITS);
            average.put(i, Float.intBitsToFloat(upper << DROPPED));
        }
    }

    /** Makes the average of its bf16, in place. */
    static void decode(FloatBuffer published, Nibbles low) {
        for (int i = 0; i < published.capacity(); i++) {
            int bits = low.get(i);
            int upper =
                    (Float.floatToRawIntBits(published.get(i)) >>> DROPPED) + (bits < HALF ? bits : bits - (1 << KEPT));
            published.put(i, Float.intBitsToFloat(upper << DROPPED));
        }
    }
}
