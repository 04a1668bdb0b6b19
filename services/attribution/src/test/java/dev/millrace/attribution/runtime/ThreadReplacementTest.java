package dev.millrace.attribution.runtime;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThreadReplacementTest {
    private final AtomicInteger counted = new AtomicInteger();
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");
    private final ThreadReplacement replacement = new ThreadReplacement(() -> now, counted::incrementAndGet);

    @Test
    void aThreadIsReplaced() {
        assertThat(replacement.handle(new IllegalStateException("broker away"))).isEqualTo(REPLACE_THREAD);
        assertThat(counted).hasValue(1);
    }

    @Test
    void threadsThatKeepDyingGiveTheJoinUp() {
        // Given
        IntStream.range(0, 5).forEach(i -> replacement.handle(new IllegalStateException("again")));

        // When
        final var response = replacement.handle(new IllegalStateException("and again"));

        // Then
        assertThat(response).isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    void oldDeathsAreForgotten() {
        // Given
        IntStream.range(0, 5).forEach(i -> replacement.handle(new IllegalStateException("again")));
        now = now.plus(Duration.ofSeconds(61));

        // When
        final var response = replacement.handle(new IllegalStateException("much later"));

        // Then
        assertThat(response).isEqualTo(REPLACE_THREAD);
    }
}
