package dev.millrace.kernels.quantized;

import dev.millrace.kernels.product.IntegerProducts;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.Map;

/** Products of whole numbers, one by one; what a lane was given is overwritten by its next call, as it may be. */
public final class PlainIntegerProducts implements IntegerProducts {
    private final Map<Integer, int[]> lanes = new HashMap<>();

    @Override
    public Weights weights(byte[] weight, int columns, int depth) {
        return (lane, rows, count, from, to) -> {
            int[] products = lane(lane, count * (to - from));
            for (int row = 0; row < count; row++) {
                for (int column = from; column < to; column++) {
                    products[row * (to - from) + column - from] = product(rows, row, weight, column, depth);
                }
            }
            return IntBuffer.wrap(products);
        };
    }

    private synchronized int[] lane(int lane, int size) {
        return lanes.merge(lane, new int[size], (old, grown) -> old.length < grown.length ? grown : old);
    }

    private static int product(ByteBuffer rows, int row, byte[] weight, int column, int depth) {
        int sum = 0;
        for (int k = 0; k < depth; k++) {
            sum += rows.get(row * depth + k) * weight[column * depth + k];
        }
        return sum;
    }
}
