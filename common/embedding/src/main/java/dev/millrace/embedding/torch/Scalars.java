package dev.millrace.embedding.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;

/**
 * An array and a number, where a graph may go on reading the number. DJL's own ({@code NDArray.mul(Number)} and its like) lays the
 * number into Java's memory and closes it at once, while libtorch keeps it for the way back without owning it: after the next
 * garbage collection the gradient is computed with whatever lies there. Here the number lives as long as the array's manager.
 */
public final class Scalars {
    private Scalars() {}

    public static NDArray times(NDArray array, double factor) {
        return array.mul(beside(array, factor));
    }

    public static NDArray over(NDArray array, double divisor) {
        return array.div(beside(array, divisor));
    }

    /** Element by element the greater of both. */
    public static NDArray atLeast(NDArray array, double bound) {
        return NDArrays.maximum(array, beside(array, bound));
    }

    /** Element by element the lesser of both. */
    public static NDArray atMost(NDArray array, double bound) {
        return NDArrays.minimum(array, beside(array, bound));
    }

    private static NDArray beside(NDArray array, double number) {
        return array.getManager().create((float) number);
    }
}
