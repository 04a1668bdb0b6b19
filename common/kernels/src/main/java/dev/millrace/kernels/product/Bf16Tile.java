package dev.millrace.kernels.product;

import static dev.millrace.kernels.vector.Shapes.FLOATS;
import static dev.millrace.kernels.vector.Shapes.INTS;
import static dev.millrace.kernels.vector.Shapes.LANES;

import dev.millrace.kernels.threads.RowGroups;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The tile of {@link Fp32Tile} with weights in bf16, two columns in an int: the panel's first half in the low 16 bits, the second
 * in the high ones. A bf16 is the upper half of a float, so a shift and a mask widen them; sums are fp32. Half the bytes to read,
 * which is what one short text waits for.
 */
final class Bf16Tile {
    private Bf16Tile() {}

    static void multiply(
            int rows,
            int[] w,
            int from,
            int depth,
            float[] a,
            int at,
            float[] sums,
            int sum,
            int step,
            float[] out,
            int to,
            int width) {
        if (rows == RowGroups.SMALL) {
            four(w, from, depth, a, at, sums, sum, step, out, to, width);
        } else {
            eight(w, from, depth, a, at, sums, sum, step, out, to, width);
        }
    }

    private static void eight(
            int[] w,
            int from,
            int depth,
            float[] a,
            int at,
            float[] sums,
            int sum,
            int step,
            float[] out,
            int to,
            int width) {
        FloatVector u0 = FloatVector.fromArray(FLOATS, sums, sum);
        FloatVector v0 = FloatVector.fromArray(FLOATS, sums, sum + LANES);
        FloatVector u1 = FloatVector.fromArray(FLOATS, sums, sum + step);
        FloatVector v1 = FloatVector.fromArray(FLOATS, sums, sum + step + LANES);
        FloatVector u2 = FloatVector.fromArray(FLOATS, sums, sum + 2 * step);
        FloatVector v2 = FloatVector.fromArray(FLOATS, sums, sum + 2 * step + LANES);
        FloatVector u3 = FloatVector.fromArray(FLOATS, sums, sum + 3 * step);
        FloatVector v3 = FloatVector.fromArray(FLOATS, sums, sum + 3 * step + LANES);
        FloatVector u4 = FloatVector.fromArray(FLOATS, sums, sum + 4 * step);
        FloatVector v4 = FloatVector.fromArray(FLOATS, sums, sum + 4 * step + LANES);
        FloatVector u5 = FloatVector.fromArray(FLOATS, sums, sum + 5 * step);
        FloatVector v5 = FloatVector.fromArray(FLOATS, sums, sum + 5 * step + LANES);
        FloatVector u6 = FloatVector.fromArray(FLOATS, sums, sum + 6 * step);
        FloatVector v6 = FloatVector.fromArray(FLOATS, sums, sum + 6 * step + LANES);
        FloatVector u7 = FloatVector.fromArray(FLOATS, sums, sum + 7 * step);
        FloatVector v7 = FloatVector.fromArray(FLOATS, sums, sum + 7 * step + LANES);
        for (int k = 0; k < depth; k++) {
            IntVector both = IntVector.fromArray(INTS, w, from);
            FloatVector low = both.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
            FloatVector high = both.lanewise(VectorOperators.AND, 0xFFFF0000).reinterpretAsFloats();
            FloatVector x0 = FloatVector.broadcast(FLOATS, a[at]);
            u0 = x0.fma(low, u0);
            v0 = x0.fma(high, v0);
            FloatVector x1 = FloatVector.broadcast(FLOATS, a[at + 1]);
            u1 = x1.fma(low, u1);
            v1 = x1.fma(high, v1);
            FloatVector x2 = FloatVector.broadcast(FLOATS, a[at + 2]);
            u2 = x2.fma(low, u2);
            v2 = x2.fma(high, v2);
            FloatVector x3 = FloatVector.broadcast(FLOATS, a[at + 3]);
            u3 = x3.fma(low, u3);
            v3 = x3.fma(high, v3);
            FloatVector x4 = FloatVector.broadcast(FLOATS, a[at + 4]);
            u4 = x4.fma(low, u4);
            v4 = x4.fma(high, v4);
            FloatVector x5 = FloatVector.broadcast(FLOATS, a[at + 5]);
            u5 = x5.fma(low, u5);
            v5 = x5.fma(high, v5);
            FloatVector x6 = FloatVector.broadcast(FLOATS, a[at + 6]);
            u6 = x6.fma(low, u6);
            v6 = x6.fma(high, v6);
            FloatVector x7 = FloatVector.broadcast(FLOATS, a[at + 7]);
            u7 = x7.fma(low, u7);
            v7 = x7.fma(high, v7);
            from += LANES;
            at += 8;
        }
        u0.intoArray(out, to);
        v0.intoArray(out, to + LANES);
        u1.intoArray(out, to + width);
        v1.intoArray(out, to + width + LANES);
        u2.intoArray(out, to + 2 * width);
        v2.intoArray(out, to + 2 * width + LANES);
        u3.intoArray(out, to + 3 * width);
        v3.intoArray(out, to + 3 * width + LANES);
        u4.intoArray(out, to + 4 * width);
        v4.intoArray(out, to + 4 * width + LANES);
        u5.intoArray(out, to + 5 * width);
        v5.intoArray(out, to + 5 * width + LANES);
        u6.intoArray(out, to + 6 * width);
        v6.intoArray(out, to + 6 * width + LANES);
        u7.intoArray(out, to + 7 * width);
        v7.intoArray(out, to + 7 * width + LANES);
    }

    private static void four(
            int[] w,
            int from,
            int depth,
            float[] a,
            int at,
            float[] sums,
            int sum,
            int step,
            float[] out,
            int to,
            int width) {
        FloatVector u0 = FloatVector.fromArray(FLOATS, sums, sum);
        FloatVector v0 = FloatVector.fromArray(FLOATS, sums, sum + LANES);
        FloatVector u1 = FloatVector.fromArray(FLOATS, sums, sum + step);
        FloatVector v1 = FloatVector.fromArray(FLOATS, sums, sum + step + LANES);
        FloatVector u2 = FloatVector.fromArray(FLOATS, sums, sum + 2 * step);
        FloatVector v2 = FloatVector.fromArray(FLOATS, sums, sum + 2 * step + LANES);
        FloatVector u3 = FloatVector.fromArray(FLOATS, sums, sum + 3 * step);
        FloatVector v3 = FloatVector.fromArray(FLOATS, sums, sum + 3 * step + LANES);
        for (int k = 0; k < depth; k++) {
            IntVector both = IntVector.fromArray(INTS, w, from);
            FloatVector low = both.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
            FloatVector high = both.lanewise(VectorOperators.AND, 0xFFFF0000).reinterpretAsFloats();
            FloatVector x0 = FloatVector.broadcast(FLOATS, a[at]);
            u0 = x0.fma(low, u0);
            v0 = x0.fma(high, v0);
            FloatVector x1 = FloatVector.broadcast(FLOATS, a[at + 1]);
            u1 = x1.fma(low, u1);
            v1 = x1.fma(high, v1);
            FloatVector x2 = FloatVector.broadcast(FLOATS, a[at + 2]);
            u2 = x2.fma(low, u2);
            v2 = x2.fma(high, v2);
            FloatVector x3 = FloatVector.broadcast(FLOATS, a[at + 3]);
            u3 = x3.fma(low, u3);
            v3 = x3.fma(high, v3);
            from += LANES;
            at += 4;
        }
        u0.intoArray(out, to);
        v0.intoArray(out, to + LANES);
        u1.intoArray(out, to + width);
        v1.intoArray(out, to + width + LANES);
        u2.intoArray(out, to + 2 * width);
        v2.intoArray(out, to + 2 * width + LANES);
        u3.intoArray(out, to + 3 * width);
        v3.intoArray(out, to + 3 * width + LANES);
    }
}
