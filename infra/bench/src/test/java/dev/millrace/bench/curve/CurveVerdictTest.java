package dev.millrace.bench.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class CurveVerdictTest {
    private static final int STEPS = 500;
    private static final int QUERIES = 2000;
    /** What a seed moves the mean of a hundred steps by. */
    private static final double NOISE = 0.01;

    @Test
    void lossOfTheLastFifthIsMeasuredInSpreadsOfTheSeeds() {
        // Given
        List<Curve> torch = List.of(level("torch", 0.9, 0.8), level("torch", 1.0, 0.8), level("torch", 1.1, 0.8));

        // When
        CurveVerdict verdict = CurveVerdict.of(level("millrace", 1.25, 0.81), torch, QUERIES);

        // Then
        assertThat(verdict.torchLoss()).isCloseTo(1, within(1e-9));
        assertThat(verdict.spread()).isCloseTo(0.1, within(1e-9));
        assertThat(verdict.difference()).isCloseTo(0.25, within(1e-9));
        assertThat(verdict.hitDifference()).isCloseTo(0.01, within(1e-9));
        assertThat(verdict.passed()).isTrue();
        assertThat(verdict.line()).contains("+2.5 spreads");
    }

    @Test
    void anotherSeedOfTheSameFailsOnceInAHundredRuns() {
        // Given
        Random random = new Random(1);

        // When
        long failed = IntStream.range(0, 1000)
                .filter(run -> !CurveVerdict.of(noisy("millrace", 1, random), seeds(random), QUERIES)
                        .passed())
                .count();

        // Then
        assertThat(failed).isLessThan(20);
    }

    @Property
    void whatLearnsATenthBetterOrWorseFails(@ForAll @DoubleRange(min = 0.1, max = 2) double share) {
        for (double level : new double[] {1 + share, 1 / (1 + share)}) {
            CurveVerdict verdict = CurveVerdict.of(level("millrace", level, 0.8), quiet(), QUERIES);

            assertThat(verdict.objections()).singleElement().asString().startsWith("loss");
        }
    }

    @Test
    void onlyTheEndOfTheRunDecides() {
        // Given
        Curve late = new Curve(
                "millrace",
                "bf16",
                1,
                IntStream.range(0, STEPS)
                        .mapToObj(step -> step < STEPS - 100 ? 3.0 : 1.0)
                        .toList(),
                0.5,
                0.8);

        // When
        CurveVerdict verdict = CurveVerdict.of(late, quiet(), QUERIES);

        // Then
        assertThat(verdict.passed()).isTrue();
    }

    @Test
    void findingLessThanTheWorstSeedFails() {
        // When
        CurveVerdict verdict = CurveVerdict.of(level("millrace", 1, 0.7899), quiet(), 2000);

        // Then
        assertThat(verdict.objections()).singleElement().asString().startsWith("hit@1");
    }

    @Test
    void fewQueriesLeaveMoreToChance() {
        // When
        CurveVerdict verdict = CurveVerdict.of(level("millrace", 1, 0.77), quiet(), 100);

        // Then
        assertThat(verdict.passed()).isTrue();
    }

    @Test
    void aLossThatIsNotANumberFails() {
        // When
        CurveVerdict verdict = CurveVerdict.of(level("millrace", Double.NaN, 0.8), quiet(), QUERIES);

        // Then
        assertThat(verdict.passed()).isFalse();
    }

    private static List<Curve> quiet() {
        return List.of(level("torch", 1.001, 0.8), level("torch", 1, 0.8), level("torch", 0.999, 0.8));
    }

    private static List<Curve> seeds(Random random) {
        return IntStream.range(0, 3).mapToObj(seed -> noisy("torch", 1, random)).toList();
    }

    private static Curve level(String who, double loss, double hit) {
        return new Curve(
                who, "fp32", 1, IntStream.range(0, STEPS).mapToObj(step -> loss).toList(), 0.5, hit);
    }

    private static Curve noisy(String who, double loss, Random random) {
        double perStep = NOISE * Math.sqrt(STEPS / 5.0);
        return new Curve(
                who,
                "fp32",
                1,
                IntStream.range(0, STEPS)
                        .mapToObj(step -> loss + perStep * random.nextGaussian())
                        .toList(),
                0.5,
                0.8);
    }
}
