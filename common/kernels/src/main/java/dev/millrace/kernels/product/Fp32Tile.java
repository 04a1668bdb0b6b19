package dev.millrace.kernels.product;

import static dev.millrace.kernels.vector.Shapes.FLOATS;
import static dev.millrace.kernels.vector.Shapes.LANES;
import static dev.millrace.kernels.vector.Shapes.PANEL;

import dev.millrace.kernels.threads.RowGroups;
import jdk.incubator.vector.FloatVector;

/**
 * A tile of a product in fp32: 8 or 4 rows by one panel of columns, out = sums + a w. Its sums stay in registers while the depth is
 * gone through, so each loaded weight is used 8 times and each loaded value twice; written out, since the compiler keeps no
 * array in registers.
 *
 * <p>{@code w}: the panel, row after row, from {@code from} on. {@code a}: the rows, element by element (see {@link RowGroups}), an element of each
 * every {@code stride} values from {@code at} on. {@code sums}: a row's beginning every {@code step} values from {@code sum} on; step 0 for a
 * bias. {@code out}: a row every {@code width} values from {@code to} on. Every element is summed in the order of the depth whatever the
 * number of rows, so a text's vector does not depend on what is encoded beside it.
 */
public final class Fp32Tile {
    private Fp32Tile() {}

    public static void multiply(
            int rows,
            float[] w,
            int from,
            int depth,
            float[] a,
            int at,
            int stride,
            float[] sums,
            int sum,
            int step,
            float[] out,
            int to,
            int width) {
        if (rows == RowGroups.SMALL) {
            four(w, from, depth, a, at, stride, sums, sum, step, out, to, width);
        } else {
            eight(w, from, depth, a, at, stride, sums, sum, step, out, to, width);
        }
    }

    private static void eight(
            float[] w,
            int from,
            int depth,
            float[] a,
            int at,
            int stride,
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
            FloatVector low = FloatVector.fromArray(FLOATS, w, from);
            FloatVector high = FloatVector.fromArray(FLOATS, w, from + LANES);
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
            from += PANEL;
            at += stride;
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
            float[] w,
            int from,
            int depth,
            float[] a,
            int at,
            int stride,
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
            FloatVector low = FloatVector.fromArray(FLOATS, w, from);
            FloatVector high = FloatVector.fromArray(FLOATS, w, from + LANES);
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
            from += PANEL;
            at += stride;
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
