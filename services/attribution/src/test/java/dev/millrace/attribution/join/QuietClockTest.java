package dev.millrace.attribution.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuietClockTest {
    private static final long START = 1_000_000;
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration QUIET_AFTER = Duration.ofSeconds(3);

    @Test
    void standsStillBeforeTheFirstRecordEver() {
        // Given
        final QuietClock clock = new QuietClock(TICK, QUIET_AFTER, -1);

        // When
        silence(clock, 20);

        // Then
        assertThat(clock.now()).isZero();
    }

    @Test
    void isPatientFirst() {
        // Given
        final QuietClock clock = clock();

        // When: the first tick only sets the watch
        silence(clock, 4);

        // Then
        assertThat(clock.now()).isEqualTo(5_000);
    }

    @Test
    void walksOnFromStreamTimeWhenTheSilenceLasts() {
        // Given
        final QuietClock clock = clock();

        // When
        silence(clock, 6);

        // Then
        assertThat(clock.now()).isEqualTo(7_000);
    }

    @Test
    void everyRecordEndsTheSilence() {
        // Given
        final QuietClock clock = clock();
        silence(clock, 4);

        // When
        clock.sawRecordAt(5_100);
        silence(clock, 4);

        // Then
        assertThat(clock.now()).isEqualTo(5_100);
    }

    @Test
    void aStoppedProcessHasNotWaited() {
        // Given
        final QuietClock clock = clock();
        silence(clock, 4);

        // When
        clock.tick(START + Duration.ofHours(1).toMillis());

        // Then
        assertThat(clock.now()).isEqualTo(7_000);
    }

    @Test
    void neverGoesBack() {
        // Given
        final QuietClock clock = clock();

        // When
        clock.sawRecordAt(100);
        clock.tick(START);
        clock.tick(START - 900_000);

        // Then
        assertThat(clock.now()).isEqualTo(5_000);
    }

    private static QuietClock clock() {
        return new QuietClock(TICK, QUIET_AFTER, 5_000);
    }

    private static void silence(QuietClock clock, int ticks) {
        IntStream.range(0, ticks).forEach(i -> clock.tick(START + i * TICK.toMillis()));
    }
}
