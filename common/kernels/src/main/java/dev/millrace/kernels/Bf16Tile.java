package dev.millrace.kernels;

import static dev.millrace.kernels.Shapes.FLOATS;
import static dev.millrace.kernels.Shapes.INTS;
import static dev.millrace.kernels.Shapes.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The tile of {@link Fp32Tile} with weights in bf16, two columns in an int: the panel's first half in the low 16 bits, the second
 * in the high ones. A bf16 is the upper half of a float, so a shift and a mask widen them; sums are fp32. Half the bytes to read,
 * which is what one short text waits for, and a panel of 384 rows fits the first-level cache beside the texts.
 */
final class Bf16Tile {
    private Bf16Tile() {}

    static void eight(
            float[] a, int at, int depth, int[] w, int from, float[] bias, int start, float[] out, int to, int width) {
        FloatVector low = FloatVector.fromArray(FLOATS, bias, start);
        FloatVector high = FloatVector.fromArray(FLOATS, bias, start + LANES);
        FloatVector u0 = low, u1 = low, u2 = low, u3 = low, u4 = low, u5 = low, u6 = low, u7 = low;
        FloatVector v0 = high, v1 = high, v2 = high, v3 = high, v4 = high, v5 = high, v6 = high, v7 = high;
        for (int k = 0; k < depth; k++) {
            IntVector both = IntVector.fromArray(INTS, w, from);
            low = both.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
            high = both.lanewise(VectorOperators.AND, 0xFFFF0000).reinterpretAsFloats();
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

    static void four(
            float[] a, int at, int depth, int[] w, int from, float[] bias, int start, float[] out, int to, int width) {
        FloatVector low = FloatVector.fromArray(FLOATS, bias, start);
        FloatVector high = FloatVector.fromArray(FLOATS, bias, start + LANES);
        FloatVector u0 = low, u1 = low, u2 = low, u3 = low;
        FloatVector v0 = high, v1 = high, v2 = high, v3 = high;
        for (int k = 0; k < depth; k++) {
            IntVector both = IntVector.fromArray(INTS, w, from);
            low = both.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
            high = both.lanewise(VectorOperators.AND, 0xFFFF0000).reinterpretAsFloats();
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
