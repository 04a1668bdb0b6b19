package dev.millrace.attribution.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JoinClockTest {
    private static final long START = 1_000_000;
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration QUIET_AFTER = Duration.ofSeconds(3);

    @Test
    void eachTopicIsReadAsFarAsItsLatestRecord() {
        // Given
        final JoinClock clock = clock();

        // When
        clock.sawImpressionAt(9_000);
        clock.sawClickAt(6_000);
        clock.sawClickAt(5_500);

        // Then
        assertThat(clock.impressionsRead()).isEqualTo(9_000);
        assertThat(clock.clicksRead()).isEqualTo(6_000);
        assertThat(clock.now()).isEqualTo(9_000);
    }

    @Test
    void rightAfterAStartNothingIsKnownToBeRead() {
        assertThat(clock().clicksRead()).isZero();
        assertThat(clock().impressionsRead()).isZero();
    }

    @Test
    void aTopicSilentForLongIsAsFarAsTheOther() {
        // Given
        final JoinClock clock = clock();

        // When
        IntStream.range(0, 6).forEach(i -> {
            clock.sawImpressionAt(6_000 + i);
            clock.tick(START + i * TICK.toMillis());
        });

        // Then
        assertThat(clock.clicksRead()).isEqualTo(6_005);
    }

    @Test
    void aTopicSilentForAWhileIsNot() {
        // Given
        final JoinClock clock = clock();
        clock.sawClickAt(5_500);

        // When
        IntStream.range(0, 4).forEach(i -> {
            clock.sawImpressionAt(6_000 + i);
            clock.tick(START + i * TICK.toMillis());
        });

        // Then
        assertThat(clock.clicksRead()).isEqualTo(5_500);
    }

    @Test
    void whenBothAreSilentTimeWalksOn() {
        // Given
        final JoinClock clock = clock();

        // When: the first tick only sets the watch, three more are patience
        silence(clock, 6);

        // Then
        assertThat(clock.now()).isEqualTo(7_000);
        assertThat(clock.clicksRead()).isEqualTo(7_000);
        assertThat(clock.impressionsRead()).isEqualTo(7_000);
    }

    @Test
    void everyRecordEndsTheSilence() {
        // Given
        final JoinClock clock = clock();
        silence(clock, 4);

        // When
        clock.sawClickAt(5_100);
        silence(clock, 4);

        // Then
        assertThat(clock.now()).isEqualTo(5_100);
    }

    @Test
    void aStoppedProcessHasNotWaited() {
        // Given
        final JoinClock clock = clock();
        silence(clock, 4);

        // When
        clock.tick(START + Duration.ofHours(1).toMillis());

        // Then
        assertThat(clock.now()).isEqualTo(7_000);
    }

    @Test
    void neverGoesBack() {
        // Given
        final JoinClock clock = clock();

        // When
        clock.sawClickAt(100);
        clock.tick(START);
        clock.tick(START - 900_000);

        // Then
        assertThat(clock.now()).isEqualTo(5_000);
    }

    @Test
    void standsStillBeforeTheFirstRecordEver() {
        // Given
        final JoinClock clock = new JoinClock(TICK, QUIET_AFTER, -1);

        // When
        silence(clock, 20);

        // Then
        assertThat(clock.now()).isZero();
        assertThat(clock.clicksRead()).isZero();
    }

    private static JoinClock clock() {
        return new JoinClock(TICK, QUIET_AFTER, 5_000);
    }

    private static void silence(JoinClock clock, int ticks) {
        IntStream.range(0, ticks).forEach(i -> clock.tick(START + i * TICK.toMillis()));
    }
}
