package dev.millrace.kernels.product;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;

/**
 * Products of whole numbers of 8 bits, exact in 32: processors have instructions for them (VNNI) that the Vector API has not, so
 * whoever uses the kernels brings them along.
 */
public interface IntegerProducts {
    /**
     * Takes up a linear layer's weights.
     *
     * @param weight [columns, depth]
     */
    Weights weights(byte[] weight, int columns, int depth);

    /** A linear layer's weights. */
    interface Weights {
        /**
         * The weights' columns {@code from} (inclusive) to {@code to} times each row.
         *
         * @param lane 0 to the threads less 1: several at once, one call of each; the answer holds until the lane's next call,
         *     for other weights, too
         * @param rows direct, [count, depth] from its beginning on
         * @return [count, to - from]
         */
        IntBuffer times(int lane, ByteBuffer rows, int count, int from, int to);
    }
}
