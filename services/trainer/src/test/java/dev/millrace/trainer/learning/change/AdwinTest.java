package dev.millrace.trainer.learning.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Random;
import java.util.function.DoubleSupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdwinTest {
    /** Large, so that a rate as high could be seen. */
    private static final double DELTA = 0.05;

    /** Zeros and ones, of which so many are ones; the widest numbers in [0, 1] can be spread. */
    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.2, 0.5, 0.9})
    void aStreamThatStaysAsItIsIsTakenForAnotherNoMoreOftenThanStated(double mean) {
        // Given
        int streams = 60;
        int checks = 0;
        int alarms = 0;

        // When every number is followed by a check, as in the paper
        for (int stream = 0; stream < streams; stream++) {
            Random random = new Random(stream);
            Adwin window = new Adwin(DELTA);
            for (int i = 0; i < 2000; i++) {
                window.add(random.nextDouble() < mean ? 1 : 0);
                checks++;
                alarms += window.shrink().isPresent() ? 1 : 0;
            }
        }

        // Then
        assertThat((double) alarms / checks).isLessThanOrEqualTo(DELTA);
    }

    /** The same where numbers are not so wide, which the variance in the bound must not make it forget. */
    @Property(tries = 60)
    void hardlyAnAlarmWhileNothingChanges(
            @ForAll @DoubleRange(max = 0.9) double low,
            @ForAll @DoubleRange(max = 0.1) double width,
            @ForAll int seed) {
        // Given
        Random random = new Random(seed);
        Adwin window = new Adwin(0.002);
        int alarms = 0;

        // When 100 times a window's numbers are added, and looked at once
        for (int check = 0; check < 100; check++) {
            for (int i = 0; i < 100; i++) {
                window.add(low + width * random.nextDouble());
            }
            alarms += window.shrink().isPresent() ? 1 : 0;
        }

        // Then .2 are expected at most; 4 or more would come by chance in one of 17 000 tries
        assertThat(alarms).isLessThan(4);
        assertThat(window.mean().orElseThrow()).isCloseTo(low + width / 2, offset(0.02));
    }

    @Property(tries = 100)
    void aJumpIsNoticedWithinThreeHundredNumbersAndWhatWasBeforeIsForgotten(
            @ForAll @IntRange(min = 300, max = 20_000) int before,
            @ForAll @DoubleRange(max = 0.6) double from,
            @ForAll boolean up,
            @ForAll int seed) {
        // Given
        Random random = new Random(seed);
        double to = from + 0.4;
        Adwin window = new Adwin(0.002);
        add(window, before, () -> random.nextDouble() < (up ? from : to) ? 1 : 0);
        window.shrink();

        // When
        add(window, 300, () -> random.nextDouble() < (up ? to : from) ? 1 : 0);

        // Then
        assertThat(window.shrink().orElseThrow() > 0).isEqualTo(up);
        assertThat(window.length()).isLessThan(300 + Math.max(300, before / 2));
        add(window, 3000, () -> random.nextDouble() < (up ? to : from) ? 1 : 0);
        window.shrink();
        assertThat(window.mean().orElseThrow()).isCloseTo(up ? to : from, offset(0.06));
    }

    @Test
    void aSlowChangeIsNoticed() {
        // Given
        Random random = new Random(1);
        Adwin window = new Adwin(0.002);
        int alarms = 0;

        // When the mean goes from .2 to .5 over 50 000 numbers
        for (int i = 0; i < 50_000; i++) {
            window.add(random.nextDouble() < 0.2 + 0.3 * i / 50_000 ? 1 : 0);
            alarms += i % 1000 == 0 && window.shrink().isPresent() ? 1 : 0;
        }

        // Then
        assertThat(alarms).isPositive();
        assertThat(window.mean().orElseThrow()).isGreaterThan(0.4);
    }

    @Property(tries = 50)
    void itsMeanAndLengthAreThoseOfAllNumbersUntilThereIsAChange(
            @ForAll @IntRange(min = 1, max = 3000) int numbers, @ForAll int seed) {
        // Given
        Random random = new Random(seed);
        Adwin window = new Adwin(0.002);
        double sum = 0;

        // When
        for (int i = 0; i < numbers; i++) {
            double next = random.nextDouble();
            sum += next;
            window.add(next);
        }

        // Then in a memory of five buckets for every doubling
        assertThat(window.length()).isEqualTo(numbers);
        assertThat(window.mean().orElseThrow()).isCloseTo(sum / numbers, offset(1e-12));
        assertThat(window.sizes()).hasSizeLessThanOrEqualTo(11).allSatisfy(buckets -> assertThat(buckets)
                .hasSizeLessThanOrEqualTo(5));
    }

    @Property(tries = 50)
    void aResumedOneGoesOnAsAnUninterruptedOne(@ForAll @IntRange(max = 2000) int stop, @ForAll int seed) {
        // Given
        Random random = new Random(seed);
        Adwin straight = new Adwin(DELTA);
        add(straight, stop, random::nextDouble);

        // When
        Adwin resumed = new Adwin(DELTA, straight.sizes());
        Random other = new Random(seed + 1L);
        Random same = new Random(seed + 1L);
        add(straight, 500, () -> other.nextDouble() / 2);
        add(resumed, 500, () -> same.nextDouble() / 2);

        // Then
        assertThat(resumed.shrink()).isEqualTo(straight.shrink());
        assertThat(resumed.sizes()).isEqualTo(straight.sizes());
    }

    @Test
    void anEmptyOneHasNoMeanAndNoChange() {
        // Given
        Adwin window = new Adwin(DELTA);

        // When, Then
        assertThat(window.shrink()).isEmpty();
        assertThat(window.mean()).isEmpty();
        assertThat(window.length()).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, Double.NaN})
    void aNumberThatTheBoundDoesNotHoldForIsRefused(double value) {
        assertThatThrownBy(() -> new Adwin(DELTA).add(value)).hasMessageContaining("[0, 1]");
    }

    private static void add(Adwin window, int numbers, DoubleSupplier next) {
        for (int i = 0; i < numbers; i++) {
            window.add(next.getAsDouble());
        }
    }
}
