package dev.millrace.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import jdk.incubator.vector.FloatVector;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;

class FunctionsTest {

    @Property
    void theExponentialIsThatOfMath(@ForAll @FloatRange(min = -87, max = 88) float x) {
        // When
        float y = first(Functions::exp, x);

        // Then
        assertThat(y / Math.exp(x)).isCloseTo(1, within(3e-7));
    }

    @Property
    void theDecayIsThatOfMath(@ForAll @FloatRange(min = 0, max = 87) float x) {
        // When
        float y = first(Functions::decay, x);

        // Then
        assertThat(y / Math.exp(-x)).isCloseTo(1, within(3e-7));
    }

    @Property
    void beyond87NothingDecaysFurther(@ForAll @FloatRange(min = 87, max = Float.MAX_VALUE) float x) {
        // When
        float y = first(Functions::decay, x);

        // Then
        assertThat(y).isEqualTo(first(Functions::decay, 87));
    }

    @Property
    void theErrorFunctionIsTheIntegralOfTheNormalCurve(@ForAll @FloatRange(min = 0, max = 6) float x) {
        // When
        float y = first(Functions::erf, x);

        // Then
        assertThat((double) y).isCloseTo(simpson(t -> 2 / Math.sqrt(Math.PI) * Math.exp(-t * t), x), within(4e-7));
    }

    @Property
    void theHyperbolicTangentIsThatOfMath(@ForAll @FloatRange(min = -20, max = 20) float x) {
        // When
        float y = first(Functions::tanh, x);

        // Then
        assertThat((double) y).isCloseTo(Math.tanh(x), within(4e-7));
    }

    private static float first(UnaryOperator<FloatVector> function, float x) {
        return function.apply(Functions.constant(x)).lane(0);
    }

    private static double simpson(DoubleUnaryOperator f, double to) {
        int steps = 200;
        double sum = f.applyAsDouble(0) + f.applyAsDouble(to);
        for (int i = 1; i < steps; i++) {
            sum += (i % 2 == 0 ? 2 : 4) * f.applyAsDouble(to * i / steps);
        }
        return sum * to / steps / 3;
    }
}
