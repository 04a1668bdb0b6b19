package dev.millrace.client.http;

import java.time.Duration;
import java.util.Optional;

/**
 * How often, and after which pauses, a request is repeated that was answered 429 or 503. Pauses double from {@code first} to
 * {@code longest}, and are never shorter than the service's {@code Retry-After}; one that asks for more than {@code longest}
 * ends the tries, since coming earlier than told would only add to the load.
 *
 * @param mostTries the first included, 1 or more
 * @param first pause, when the service names none; 0 or more
 * @param longest pause; at least {@code first}
 */
public record RetryPolicy(int mostTries, Duration first, Duration longest) {
    /** One try. */
    public static final RetryPolicy NONE = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);

    /** Some ten minutes at the most. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(40, Duration.ofMillis(250), Duration.ofSeconds(15));

    private static final int MOST_DOUBLINGS = 30;

    public RetryPolicy {
        if (mostTries < 1 || first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "retries need at least 1 try, and pauses of 0 or more that do not shrink: " + mostTries + " tries, "
                            + first + " to " + longest);
        }
    }

    /**
     * The pause before the next try.
     *
     * @param tries how many there have been, 1 or more
     * @param retryAfter what the service asked for
     * @return empty when there is to be no other try
     */
    public Optional<Duration> pause(int tries, Optional<Duration> retryAfter) {
        if (tries >= mostTries) {
            return Optional.empty();
        }
        final Duration grown = first.multipliedBy(1L << Math.min(tries - 1, MOST_DOUBLINGS));
        final Duration own = grown.compareTo(longest) < 0 ? grown : longest;
        return retryAfter
                .map(asked -> asked.compareTo(own) > 0 ? asked : own)
                .or(() -> Optional.of(own))
                .filter(pause -> pause.compareTo(longest) <= 0);
    }
}
