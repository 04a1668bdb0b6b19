package dev.millrace.attribution.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuietClockTest {
    private static final Duration TICK = Duration.ofSeconds(1);

    @Test
    void standsStillBeforeTheFirstRecordEver() {
        // Given
        final QuietClock clock = new QuietClock(TICK, -1, 1_000_000);

        // When
        clock.tick(1_001_000);

        // Then
        assertThat(clock.now()).isZero();
    }

    @Test
    void walksOnFromStreamTimeWhileNoRecordComes() {
        // Given
        final QuietClock clock = new QuietClock(TICK, 5_000, 1_000_000);

        // When
        clock.tick(1_001_000);
        clock.tick(1_002_000);

        // Then
        assertThat(clock.now()).isEqualTo(7_000);
    }

    @Test
    void isStreamTimeAloneWhileRecordsCome() {
        // Given
        final QuietClock clock = new QuietClock(TICK, 5_000, 1_000_000);

        // When
        clock.sawRecordAt(5_100);
        clock.tick(1_001_000);

        // Then
        assertThat(clock.now()).isEqualTo(5_100);
    }

    @Test
    void aStoppedProcessHasNotWaited() {
        // Given
        final QuietClock clock = new QuietClock(TICK, 5_000, 1_000_000);

        // When
        clock.tick(4_600_000);

        // Then
        assertThat(clock.now()).isEqualTo(7_000);
    }

    @Test
    void neverGoesBack() {
        // Given
        final QuietClock clock = new QuietClock(TICK, 5_000, 1_000_000);

        // When
        clock.sawRecordAt(100);
        clock.tick(900_000);

        // Then
        assertThat(clock.now()).isEqualTo(5_000);
    }
}
