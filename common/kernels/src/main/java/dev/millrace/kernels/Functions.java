package dev.millrace.kernels;

import static dev.millrace.kernels.Shapes.FLOATS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Functions of vectors that the Vector API has on some processors only. Their constants are vectors once and for all: made where
 * they are used, each was an object on the heap, a gigabyte a second.
 */
final class Functions {
    private static final FloatVector ZERO = constant(0);
    private static final FloatVector ONE = constant(1);
    private static final FloatVector TWO = constant(2);
    private static final FloatVector LOWEST = constant(-87);
    private static final FloatVector HIGHEST = constant(88);
    // Adding 1.5 * 2^23 rounds a float to a whole number and leaves that number in its low bits.
    private static final FloatVector ROUNDING = constant(0x1.8p23f);
    private static final FloatVector LOG2_E = constant(1.44269504f);
    // ln 2 in two parts, the first with few digits, so that its multiples are exact (Cody and Waite).
    private static final FloatVector LN2_HIGH = constant(-0.693359375f);
    private static final FloatVector LN2_LOW = constant(2.12194440e-4f);
    private static final FloatVector E2 = constant(5.0000001201e-1f);
    private static final FloatVector E3 = constant(1.6666665459e-1f);
    private static final FloatVector E4 = constant(4.1665795894e-2f);
    private static final FloatVector E5 = constant(8.3334519073e-3f);
    private static final FloatVector E6 = constant(1.3981999507e-3f);
    private static final FloatVector E7 = constant(1.9875691500e-4f);
    private static final FloatVector P = constant(0.3275911f);
    private static final FloatVector A1 = constant(0.254829592f);
    private static final FloatVector A2 = constant(-0.284496736f);
    private static final FloatVector A3 = constant(1.421413741f);
    private static final FloatVector A4 = constant(-1.453152027f);
    private static final FloatVector A5 = constant(1.061405429f);

    private Functions() {}

    /** e to the x, 2 units in the last place, for x in [-87, 88]; beyond as at the border. (Cephes' expf.) */
    static FloatVector exp(FloatVector x) {
        FloatVector y = x.max(LOWEST).min(HIGHEST);
        FloatVector shifted = y.fma(LOG2_E, ROUNDING);
        FloatVector n = shifted.sub(ROUNDING);
        FloatVector r = n.fma(LN2_LOW, n.fma(LN2_HIGH, y));
        FloatVector p = E7.fma(r, E6).fma(r, E5).fma(r, E4).fma(r, E3).fma(r, E2);
        FloatVector fraction = p.fma(r.mul(r), r).add(ONE);
        FloatVector power = shifted.reinterpretAsInts()
                .lanewise(VectorOperators.LSHL, 23)
                .add(ONE.reinterpretAsInts())
                .reinterpretAsFloats();
        return fraction.mul(power);
    }

    /** The error function to 1.5e-7 (Abramowitz and Stegun, 7.1.26). */
    static FloatVector erf(FloatVector x) {
        FloatVector size = x.abs();
        FloatVector t = ONE.div(size.fma(P, ONE));
        FloatVector p = A5.fma(t, A4).fma(t, A3).fma(t, A2).fma(t, A1).mul(t);
        FloatVector y = ONE.sub(p.mul(exp(ZERO.sub(size.mul(size)))));
        return y.blend(ZERO.sub(y), x.compare(VectorOperators.LT, ZERO));
    }

    /** The hyperbolic tangent: 1 - 2 / (e^2x + 1). */
    static FloatVector tanh(FloatVector x) {
        return ONE.sub(TWO.div(exp(x.add(x)).add(ONE)));
    }

    /** The same value in every lane. */
    static FloatVector constant(double value) {
        return FloatVector.broadcast(FLOATS, (float) value);
    }
}
