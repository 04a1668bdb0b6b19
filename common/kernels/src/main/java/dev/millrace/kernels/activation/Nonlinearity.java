package dev.millrace.kernels.activation;

import static dev.millrace.kernels.vector.Shapes.FLOATS;
import static dev.millrace.kernels.vector.Shapes.LANES;

import dev.millrace.kernels.vector.Functions;
import jdk.incubator.vector.FloatVector;

/** The feed-forward layer's activation. */
public enum Nonlinearity {
    /** x times the normal distribution's cumulative function, exactly: {@code gelu}. */
    GELU {
        @Override
        FloatVector of(FloatVector x) {
            FloatVector half = x.mul(HALF);
            FloatVector size = half.abs();
            return size.fma(Functions.erf(size.mul(ROOT_TWO)), half);
        }
    },
    /** The same by a hyperbolic tangent: {@code gelu_new}, {@code gelu_pytorch_tanh}. */
    GELU_TANH {
        @Override
        FloatVector of(FloatVector x) {
            FloatVector half = x.mul(HALF);
            FloatVector cubed = x.mul(x).mul(x).fma(CUBE, x);
            return half.fma(Functions.tanh(cubed.mul(ROOT_TWO_OVER_PI)), half);
        }
    },
    /** Nothing below zero. */
    RELU {
        @Override
        FloatVector of(FloatVector x) {
            return x.max(ZERO);
        }
    };

    private static final FloatVector ZERO = Functions.constant(0);
    private static final FloatVector HALF = Functions.constant(0.5);
    private static final FloatVector ROOT_TWO = Functions.constant(Math.sqrt(2));
    private static final FloatVector CUBE = Functions.constant(0.044715);
    private static final FloatVector ROOT_TWO_OVER_PI = Functions.constant(Math.sqrt(2 / Math.PI));

    abstract FloatVector of(FloatVector x);

    /** Applies it to {@code count} values, a multiple of a vector's. */
    public final void apply(float[] values, int from, int count) {
        for (int i = from; i < from + count; i += LANES) {
            of(FloatVector.fromArray(FLOATS, values, i)).intoArray(values, i);
        }
    }
}
