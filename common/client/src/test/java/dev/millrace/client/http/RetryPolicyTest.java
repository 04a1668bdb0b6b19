package dev.millrace.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private static final RetryPolicy POLICY = new RetryPolicy(6, Duration.ofMillis(100), Duration.ofMillis(500));

    @Test
    void pausesDoubleUpToTheLongestAndEndWithTheTries() {
        // When
        List<Optional<Duration>> pauses = IntStream.rangeClosed(1, 6)
                .mapToObj(tries -> POLICY.pause(tries, Optional.empty()))
                .toList();

        // Then
        assertThat(pauses)
                .containsExactly(
                        Optional.of(Duration.ofMillis(100)),
                        Optional.of(Duration.ofMillis(200)),
                        Optional.of(Duration.ofMillis(400)),
                        Optional.of(Duration.ofMillis(500)),
                        Optional.of(Duration.ofMillis(500)),
                        Optional.empty());
    }

    @Test
    void aPauseIsNeverShorterThanAskedForAndTooLongAOneIsNotWaitedFor() {
        // When
        List<Optional<Duration>> pauses = List.of(
                POLICY.pause(1, Optional.of(Duration.ofMillis(300))),
                POLICY.pause(3, Optional.of(Duration.ofMillis(300))),
                POLICY.pause(1, Optional.of(Duration.ofMinutes(2))));

        // Then
        assertThat(pauses)
                .containsExactly(
                        Optional.of(Duration.ofMillis(300)), Optional.of(Duration.ofMillis(400)), Optional.empty());
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> new RetryPolicy(0, Duration.ZERO, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1 try");
    }
}
