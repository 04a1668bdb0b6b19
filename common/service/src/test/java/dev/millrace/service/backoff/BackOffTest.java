package dev.millrace.service.backoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackOffTest {
    @ParameterizedTest
    @CsvSource({"1, PT0.5S", "2, PT1S", "3, PT2S", "6, PT16S", "7, PT30S", "2000000000, PT30S"})
    void pausesDoubleUpToTheLongest(int failuresInARow, Duration expected) {
        // Given
        final BackOff backOff = new BackOff(Duration.ofMillis(500), Duration.ofSeconds(30));

        // When
        final Duration pause = backOff.pause(failuresInARow);

        // Then
        assertThat(pause).isEqualTo(expected);
    }

    @Test
    void retriesGrowWithEveryFailureAndBeginAnewAfterASuccess() {
        // Given
        final Retries retries = new Retries(new BackOff(Duration.ofMillis(1), Duration.ofSeconds(1)));
        retries.next();
        retries.next();
        final Duration third = retries.next();

        // When
        retries.reset();

        // Then
        assertThat(third).isEqualTo(Duration.ofMillis(4));
        assertThat(retries.next()).isEqualTo(Duration.ofMillis(1));
    }
}
