package dev.millrace.trainer.learning.round.delta;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/**
 * How a tensor has changed.
 *
 * @param coded by a codec
 * @param places of the weights that base and change do not add up to exactly; few are, those near 0
 * @param exact where these are now
 */
record Change(ByteBuffer coded, int[] places, float[] exact) {
    private static final int PLACE_BYTES = Integer.BYTES + Float.BYTES;

    static Change rounded(ByteBuffer coded) {
        return new Change(coded, new int[0], new float[0]);
    }

    /** With what it takes to come from the base to these weights bit by bit: a difference is rounded, and so is a sum. */
    static Change exactly(ByteBuffer coded, float[] delta, float[] base, float[] reached) {
        int[] places = IntStream.range(0, delta.length)
                .filter(i -> Float.floatToRawIntBits(sum(base[i], delta[i])) != Float.floatToRawIntBits(reached[i]))
                .toArray();
        float[] exact = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            exact[i] = reached[places[i]];
        }
        return new Change(coded, places, exact);
    }

    /** What has not changed keeps its sign, also of 0. */
    private static float sum(float base, float delta) {
        return delta == 0 ? base : base + delta;
    }

    /** The weights that it leads to from those it was taken from. */
    float[] applied(float[] delta, float[] base) {
        float[] reached = new float[base.length];
        for (int i = 0; i < base.length; i++) {
            reached[i] = sum(base[i], delta[i]);
        }
        for (int i = 0; i < places.length; i++) {
            reached[places[i]] = exact[i];
        }
        return reached;
    }

    long bytes() {
        return coded.remaining() + (long) PLACE_BYTES * places.length;
    }
}
