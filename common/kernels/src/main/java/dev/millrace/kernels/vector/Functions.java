package dev.millrace.kernels.vector;

import static dev.millrace.kernels.vector.Shapes.FLOATS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Functions of vectors that the Vector API has on some processors only. Their constants are vectors once and for all: made where
 * they are used, each was an object on the heap, a gigabyte a second.
 */
public final class Functions {
    private static final FloatVector MINUS_ONE = constant(-1);
    private static final FloatVector ONE = constant(1);
    private static final FloatVector TWO = constant(2);
    private static final FloatVector LOWEST = constant(-87);
    private static final FloatVector HIGHEST = constant(88);
    private static final IntVector DECAYED = constant(87).reinterpretAsInts();
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
    // Beyond 3.75, erf is 1 to 1.2e-7. Floats that are not negative are in the order of their bits.
    private static final IntVector FAR = constant(3.75).reinterpretAsInts();
    // The square of what is left, in [-1, 1], where powers do not grow.
    private static final FloatVector SQUARE = constant(2 / (3.75 * 3.75));
    private static final FloatVector G14 = constant(8.11043952e-4f);
    private static final FloatVector G13 = constant(-2.18415307e-3f);
    private static final FloatVector G12 = constant(2.08353228e-3f);
    private static final FloatVector G11 = constant(-3.10975360e-3f);
    private static final FloatVector G10 = constant(8.91346578e-3f);
    private static final FloatVector G9 = constant(-1.66219454e-2f);
    private static final FloatVector G8 = constant(2.50466261e-2f);
    private static final FloatVector G7 = constant(-3.73694636e-2f);
    private static final FloatVector G6 = constant(5.36008514e-2f);
    private static final FloatVector G5 = constant(-7.16000944e-2f);
    private static final FloatVector G4 = constant(9.07415375e-2f);
    private static final FloatVector G3 = constant(-1.11940660e-1f);
    private static final FloatVector G2 = constant(1.39268756e-1f);
    private static final FloatVector G1 = constant(-1.88030019e-1f);
    private static final FloatVector G0 = constant(3.77056926e-1f);

    private Functions() {}

    /** e to the x, 2 units in the last place, for x in [-87, 88]; beyond as at the border. (Cephes' expf.) */
    static FloatVector exp(FloatVector x) {
        return power(x.max(LOWEST).min(HIGHEST));
    }

    private static FloatVector power(FloatVector y) {
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

    /** e to the -x, 2 units in the last place, for x in [0, 87]; beyond, or of what is no number, as at 87. */
    public static FloatVector decay(FloatVector x) {
        return power(x.reinterpretAsInts().min(DECAYED).reinterpretAsFloats().neg());
    }

    /**
     * The error function to 2e-7 of x at least 0, or 1 of what is no number: x times a polynomial of its square, fitted to the least largest
     * error (Lawson 1961).
     */
    public static FloatVector erf(FloatVector x) {
        FloatVector y = x.reinterpretAsInts().min(FAR).reinterpretAsFloats();
        FloatVector u = y.mul(y).fma(SQUARE, MINUS_ONE);
        FloatVector v = u.mul(u);
        FloatVector odd =
                G13.fma(v, G11).fma(v, G9).fma(v, G7).fma(v, G5).fma(v, G3).fma(v, G1);
        FloatVector even = G14.fma(v, G12)
                .fma(v, G10)
                .fma(v, G8)
                .fma(v, G6)
                .fma(v, G4)
                .fma(v, G2)
                .fma(v, G0);
        return odd.fma(u, even).mul(y);
    }

    /** The hyperbolic tangent: 1 - 2 / (e^2x + 1). */
    public static FloatVector tanh(FloatVector x) {
        return ONE.sub(TWO.div(exp(x.add(x)).add(ONE)));
    }

    /** The same value in every lane. */
    public static FloatVector constant(double value) {
        return FloatVector.broadcast(FLOATS, (float) value);
    }
}
